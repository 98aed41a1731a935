"""Everything that the OpenAPI document allows, and much that it doesn't: the server keeps what its document promises."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from server import Server

# So many examples of an operation in each phase, and always the same ones.
EXAMPLES, SEED = "12", "1"


@pytest.mark.parametrize(
    ("tenant", "role"),
    [("msp_1", "Partner Administrator"), ("msp_1", "Auditor View"), ("client_8", "Client Administrator")],
)
def test_the_server_keeps_what_its_document_promises(binary, template, tenant, role):
    server = Server(binary, template)
    try:
        token = server.token(*server.key(tenant, role))
        run(server, tenant, token)
        # Nothing that was tried may have cost the key its tenant, its role or itself: otherwise the rest was tried with a dead key. Roles and
        # sets that are there from the start can't be changed, and a key is no user that the API would let go.
        answer = requests.get(f"{server.url}/api/v2/tenants/{tenant}/users/search", headers={"Authorization": f"Bearer {token}"}, timeout=30)
        assert answer.status_code == 200 and answer.json()["totalResults"] > 0, answer.text
        assert "internal error" not in server.logged(), server.logged()
    finally:
        server.stop()


def run(server, tenant, token):
    """Runs schemathesis in all its phases with all its checks, and fails with what it found."""
    folder = Path(__file__).parent
    config = server.data / "schemathesis.toml"
    config.write_text((folder / "schemathesis.toml").read_text().replace("TENANT", tenant))
    words = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", f"{server.url}/api/v2/openapi.json"]
    words += ["--header", f"Authorization: Bearer {token}", "--max-examples", EXAMPLES, "--seed", SEED, "--generation-database", "none"]
    words += ["--workers", "2", "--no-color"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=server.data)
    assert done.returncode == 0, "\n" + done.stdout.replace(token, "TOKEN") + done.stderr
