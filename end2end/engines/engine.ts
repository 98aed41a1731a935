/** The engines in which the ways are gone. */
export type EngineName = 'firefox' | 'webkit';

/** What a page's script takes and answers. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The keys that are pressed by name. */
export type Key = 'Enter' | 'Escape' | 'Tab' | 'ArrowDown';

/** What a browser must be able to do: all that differs from engine to engine. `Handle` is how it refers to an element. */
export interface Engine<Handle = unknown> {
  /** Goes on as a browser without cookies or history, in a window of this size. */
  fresh(width: number, height: number): Promise<void>;
  /** Opens an address and waits until the page is loaded. */
  goto(url: string): Promise<void>;
  /** Calls a script of the page, the body of a function, with `arguments[0]`. */
  evaluate<T extends Json>(script: string, argument: Json): Promise<T>;
  /** The same for a script that answers with an element. */
  find(script: string, argument: Json): Promise<Handle>;
  /** Clicks with the mouse. */
  click(element: Handle): Promise<void>;
  /** Replaces a field's text by typing. */
  fill(element: Handle, text: string): Promise<void>;
  /** Chooses an option of a select, by its whole text. */
  select(element: Handle, option: string): Promise<void>;
  /** Chooses a file. */
  upload(element: Handle, path: string): Promise<void>;
  press(key: Key): Promise<void>;
  /** A picture of the window, as a PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}
