"""AWS for tests: moto's server with an organization.

usage: organization.py MEMBERS

Prints where it listens and what is there as a line of JSON. Then each line that it reads, such as
{"account": "123456789012", "call": "list_roles", "arguments": {}}, is a call of IAM by boto3 in that account, and is answered by a line.
It ends when its standard input does.
"""

import json
import logging
import sys
import warnings
from functools import cache, wraps

import boto3
from botocore.exceptions import ClientError
from moto.iam.models import iam_backends
from moto.server import ThreadedMotoServer
from moto.sts.exceptions import STSClientError
from moto.sts.models import STSBackend

ORGANIZATION_ROLE = "OrganizationAccountAccessRole"
KEYS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


def client(service, url, keys=KEYS):
    return boto3.client(service, endpoint_url=url, region_name="us-east-1", **keys)


def enforce_trust():
    """By itself, moto lets everybody assume any role, even one that isn't there."""
    assume_role = STSBackend.assume_role

    @wraps(assume_role)
    def checked(self, *, role_arn, external_id=None, **others):
        account = role_arn.split(":")[4]
        roles = iam_backends[account]["aws"].roles.values() if account.isdigit() else []
        role = next((role for role in roles if role.arn == role_arn), None)
        if not role or not admits(json.loads(role.assume_role_policy_document), external_id):
            raise STSClientError("AccessDenied", f"User: tests is not authorized to perform: sts:AssumeRole on resource: {role_arn}")
        return assume_role(self, role_arn=role_arn, external_id=external_id, **others)

    STSBackend.assume_role = checked


def admits(policy, external_id):
    """Whether a trust policy asks for no external ID or for this one. Who calls isn't looked at: the tests' server is the only one."""
    wanted = [statement.get("Condition", {}).get("StringEquals", {}).get("sts:ExternalId") for statement in policy["Statement"]]
    return any(id is None or external_id in ([id] if isinstance(id, str) else id) for id in wanted)


def organization(url, members):
    """Makes one; its management account is moto's own."""
    organizations = client("organizations", url)
    management = organizations.create_organization(FeatureSet="ALL")["Organization"]["MasterAccountId"]

    def member(at):
        name, email = f"Customer account {at:02}", f"aws+{at:02}@customer.example"
        status = organizations.create_account(AccountName=name, Email=email)["CreateAccountStatus"]
        return {"number": status["AccountId"], "name": name, "email": email}

    return {"url": url, "management": management, "members": [member(at) for at in range(1, members + 1)]}


@cache
def iam(url, account, management):
    """IAM of an account, as its administrator. A session stays when its role is deleted."""
    if account == management:
        return client("iam", url)
    role = f"arn:aws:iam::{account}:role/{ORGANIZATION_ROLE}"
    issued = client("sts", url).assume_role(RoleArn=role, RoleSessionName="tests")["Credentials"]
    keys = {"aws_access_key_id": issued["AccessKeyId"], "aws_secret_access_key": issued["SecretAccessKey"]}
    return client("iam", url, {**keys, "aws_session_token": issued["SessionToken"]})


def answer(url, management, line):
    asked = json.loads(line)
    try:
        called = getattr(iam(url, asked["account"], management), asked["call"])
        result = called(**asked["arguments"])
        result.pop("ResponseMetadata")
        return {"result": result}
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}


def say(what):
    print(json.dumps(what, default=str), flush=True)


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="moto")
    enforce_trust()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    made = organization(f"http://{host}:{port}", int(sys.argv[1]))
    say(made)
    for line in sys.stdin:
        say(answer(made["url"], made["management"], line))
    server.stop()


main()
