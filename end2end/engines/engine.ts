/** The engines that run the flows. */
export type EngineName = 'firefox' | 'webkit';

/** Arguments and results of a page's script. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Keys by name. */
export type Key = 'Enter' | 'Escape' | 'Tab' | 'ArrowDown';

/** What differs between engines. `Handle` is the engine's reference to an element. */
export interface Engine<Handle = unknown> {
  /** Starts over without cookies or history, in a window of this size. */
  fresh(width: number, height: number): Promise<void>;
  /** Opens an address and waits until the page is loaded. */
  goto(url: string): Promise<void>;
  /** Runs a function body in the page, with `arguments[0]`. */
  evaluate<T extends Json>(script: string, argument: Json): Promise<T>;
  /** The same for a script that returns an element. */
  find(script: string, argument: Json): Promise<Handle>;
  /** Clicks with the mouse. */
  click(element: Handle): Promise<void>;
  /** Replaces a field's text by typing. */
  fill(element: Handle, text: string): Promise<void>;
  /** Chooses an option of a select by its full text. */
  select(element: Handle, option: string): Promise<void>;
  /** Chooses a file. */
  upload(element: Handle, path: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** A screenshot as PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}
