/** The password of everybody in the demo data. */
export const password = 'Demo#2026';

/** The session cookie; without a proxy on the same machine, its name has no prefix. */
const COOKIE = /^((?:__Host-)?tenantry)=([^;]+)/;

/** What a browser keeps of a session, for `storageState`. */
export interface StorageState {
  cookies: { name: string; value: string; domain: string; path: string; expires: number; httpOnly: boolean; secure: boolean; sameSite: 'Lax' }[];
  origins: [];
}

/** A client as it is typed; every field but these four may be left out. */
export interface ClientDraft {
  name: string;
  address: string;
  country: string;
  time_zone: string;
  [field: string]: unknown;
}

/** A session without a browser: signs in quickly, and makes what a test needs to begin with. */
export class Session {
  private constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly token: string,
  ) {}

  static async begin(url: string, login: string, secret = password): Promise<Session> {
    const answer = await fetch(`${url}/rpc/sessions/create`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ 'draft[login]': login, 'draft[password]': secret }),
    });
    const [, name, token] = answer.headers.getSetCookie().map((cookie) => cookie.match(COOKIE)).find(Boolean) ?? [];
    if (!name || !token) throw new Error(`${login} can't sign in: ${answer.status} ${await answer.text()}`);
    return new Session(url, name, token);
  }

  get storageState(): StorageState {
    const { hostname } = new URL(this.url);
    const secure = this.name.startsWith('__Host-');
    const cookie = { name: this.name, value: this.token, domain: hostname, path: '/', expires: -1, httpOnly: true, secure, sameSite: 'Lax' } as const;
    return { cookies: [cookie], origins: [] };
  }

  /** The address of a new draft's first tab. */
  async makeDraft(): Promise<string> {
    const { id } = await (await this.call('client-drafts/create', new URLSearchParams())).json();
    return `/clients/new/${id}/client-details`;
  }

  /** The id of a new client; what isn't given is as every client has it. */
  async makeClient(fields: { name: string; [field: string]: unknown }): Promise<string> {
    const id = (await this.makeDraft()).split('/').at(-2);
    const { version } = await (await this.call(`client-drafts/get?id=${id}`)).json();
    const draft: ClientDraft = { address: '1 Test Street', country: 'USA', time_zone: 'America/New_York', ...fields };
    return (await this.call('client-drafts/finish', { id, version, draft })).json();
  }

  /** The id of a new device group of client_8 with as many new devices, named after it and counted from 0. */
  async makeDeviceGroup(name: string, devices: number): Promise<string> {
    const client = 'client_8';
    const { id, version } = await (await this.call('device-groups/create', { client, draft: { name } })).json();
    const draft = (at: number) => ({ client, draft: { name: `${name} ${at}` } });
    const made = await Promise.all(Array.from({ length: devices }, async (_, at) => (await this.call('devices/create', draft(at))).json()));
    await this.call('device-groups/edit', { id, version, draft: {}, add: made.map((device) => device.id), remove: [] });
    return id;
  }

  /** Ends all sessions of the user, as from another device. */
  async signOutEverywhere() {
    await this.call('sessions/delete-all', {});
  }

  /** What a server function that only reads answers to a script. */
  async get<T>(endpoint: string): Promise<T> {
    return (await this.call(endpoint)).json();
  }

  /** The answer of a server function to a script. */
  async make<T>(endpoint: string, body: object): Promise<T> {
    return (await this.call(endpoint, body)).json();
  }

  private async call(endpoint: string, body?: object): Promise<Response> {
    const isForm = body instanceof URLSearchParams;
    const answer = await fetch(`${this.url}/rpc/${endpoint}`, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: `${this.name}=${this.token}`, ...(body && !isForm && { 'content-type': 'application/json' }) },
      body: isForm || !body ? body : JSON.stringify(body),
    });
    if (answer.status >= 400) throw new Error(`${endpoint}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
