import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test as base } from './fixtures';
import { startServer } from './server';

export * from './fixtures';

/** An account of the organization. */
export interface AwsMember {
  number: string;
  name: string;
  email: string;
}

/** A role that IAM has. */
export interface AwsRole {
  name: string;
  arn: string;
  trust: { Statement: { Principal: unknown; Condition?: Record<string, Record<string, unknown>> }[] };
  tags: Record<string, string>;
  /** The policies inside it. */
  policies: Record<string, unknown>;
}

/** Moto's server, which answers as AWS does, with an organization. The console's own identity is in its management account. */
export class Aws {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly url: string,
    readonly management: string,
    readonly members: AwsMember[],
  ) {}

  static async start(members: number): Promise<Aws> {
    const python = process.env.TENANTRY_TEST_AWS_PYTHON;
    if (!python) throw new Error('TENANTRY_TEST_AWS_PYTHON is not set. Please run these tests by: cargo xtask test browser');
    const child = spawn(python, ['-B', '-u', 'aws/organization.py', String(members)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const made = JSON.parse(await next(lines));
    return new Aws(child, lines, made.url, made.management, made.members);
  }

  /** Environment variables of a server that uses it, and nothing of the caller's own. */
  get settings(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_SESSION_TOKEN: '',
      AWS_REGION: 'us-east-1',
    };
  }

  /** Calls IAM by boto3 as an account's administrator, e.g. `aws.iam(number, 'delete_role', { RoleName: 'Tenantry' })`. */
  async iam<Answer = unknown>(account: string, call: string, parameters: Record<string, unknown> = {}): Promise<Answer> {
    this.child.stdin!.write(`${JSON.stringify({ account, call, arguments: parameters })}\n`);
    const { result, error } = JSON.parse(await next(this.lines));
    if (error) throw new Error(`IAM answers ${call} by ${error}`);
    return result;
  }

  /** The roles that IAM has in an account, without the organization's own. */
  async roles(account: string): Promise<AwsRole[]> {
    const { Roles } = await this.iam<{ Roles: { RoleName: string }[] }>(account, 'list_roles');
    const roles: AwsRole[] = [];
    for (const { RoleName } of Roles.filter((role) => role.RoleName !== ORGANIZATION_ROLE)) roles.push(await this.role(account, RoleName));
    return roles;
  }

  private async role(account: string, RoleName: string): Promise<AwsRole> {
    const { Role } = await this.iam<{ Role: { Arn: string; AssumeRolePolicyDocument: AwsRole['trust']; Tags?: { Key: string; Value: string }[] } }>(
      account,
      'get_role',
      { RoleName },
    );
    const { PolicyNames } = await this.iam<{ PolicyNames: string[] }>(account, 'list_role_policies', { RoleName });
    const policies: Record<string, unknown> = {};
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await this.iam<{ PolicyDocument: unknown }>(account, 'get_role_policy', { RoleName, PolicyName });
      policies[PolicyName] = PolicyDocument;
    }
    const tags = Object.fromEntries((Role.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    return { name: RoleName, arn: Role.Arn, trust: Role.AssumeRolePolicyDocument, tags, policies };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin!.end();
    await ended;
  }
}

/** The role that AWS makes in each account that an organization creates. */
export const ORGANIZATION_ROLE = 'OrganizationAccountAccessRole';

async function next(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error('Moto ended. What it printed is above.');
  return value;
}

/** Tests whose `server` uses an `aws` with 45 members: with the management account, three pages of them. */
export const test = base.extend<object, { aws: Aws }>({
  aws: [
    async ({}, use) => {
      const aws = await Aws.start(45);
      await use(aws);
      await aws.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: [
    async ({ aws }, use) => {
      const server = await startServer({ settings: { TENANTRY_TRUSTED_PROXIES: '127.0.0.1', ...aws.settings } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});
