"""Everything that the OpenAPI document allows, and much that it doesn't: the server keeps what its document promises."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from server import Server

# So many examples of an operation in each phase, and always the same ones.
EXAMPLES, SEED = "8", "1"


# The document, which was read to begin with, and what asks AWS before it answers: the server is set up without.
OUT_OF_REACH = {
    "GET /api/v2/openapi.json",
    "POST /api/v2/tenants/{tenantId}/awsAccounts",
    "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}",
    "POST /api/v2/tenants/{tenantId}/awsAccounts/{awsAccountId}/promote",
}


def everything(server):
    """The operations of the document."""
    paths = ask(server, "", "openapi.json")["paths"]
    return {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}


@pytest.mark.parametrize(
    ("tenant", "role"),
    [("msp_1", "Partner Administrator"), ("msp_1", "Auditor View"), ("client_8", "Client Administrator")],
)
def test_the_server_keeps_what_its_document_promises(binary, template, tenant, role):
    server = Server(binary, template)
    try:
        token = server.token(*server.key(tenant, role))
        found = run(server, tenant, token)
        if role == "Partner Administrator":
            # Whoever may do everything has done everything: otherwise nothing but refusals would have been tried.
            assert everything(server) - found == OUT_OF_REACH
        # Nothing that was tried may have cost the key its tenant, its role or itself: otherwise the rest was tried with a dead key. Roles and
        # sets that are there from the start can't be changed, and a key is no user that the API would let go.
        assert ask(server, token, f"tenants/{tenant}/users/search")["totalResults"] > 0
        assert "internal error" not in server.logged(), server.logged()
    finally:
        server.stop()


def ask(server, token, path):
    answer = requests.get(f"{server.url}/api/v2/{path}", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def run(server, tenant, token):
    """Runs schemathesis in all its phases with all its checks, and fails with what it found."""
    folder = Path(__file__).parent
    config = server.data / "schemathesis.toml"
    config.write_text((folder / "schemathesis.toml").read_text().replace("TENANT", tenant).replace("HOOKS", str(folder / "hooks.py")))
    words = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", f"{server.url}/api/v2/openapi.json"]
    words += ["--header", f"Authorization: Bearer {token}", "--max-examples", EXAMPLES, "--seed", SEED, "--generation-database", "none"]
    # One at a time: what makes the values is not safe for threads, and its order is what the seed decides.
    words += ["--workers", "1", "--no-color"]
    words += ["--report", "ndjson", "--report-ndjson-path", str(server.data / "report.ndjson")]
    roles = ask(server, token, f"tenants/{tenant}/roles/search")["results"]
    environment = {**server.environment, "ROLES": " ".join([role["uniqueId"] for role in roles if not role["defaultRole"]][:2])}
    done = subprocess.run(words, capture_output=True, text=True, cwd=server.data, env=environment)
    assert done.returncode == 0, "\n" + done.stdout.replace(token, "TOKEN") + done.stderr
    return succeeded(server.data / "report.ndjson")


def succeeded(report):
    """The operations that were answered by a success at least once."""
    found = set()
    with open(report) as lines:
        for recorder in (event["recorder"] for line in lines for name, event in json.loads(line).items() if name == "ScenarioFinished"):
            for case, interaction in recorder.get("interactions", {}).items():
                if interaction.get("response") and interaction["response"]["status_code"] < 300 and case in recorder["cases"]:
                    asked = recorder["cases"][case]["value"]
                    found.add(f"{asked['method']} {asked['path']}")
    return found
