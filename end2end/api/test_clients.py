"""What others make of the OpenAPI document: it is valid, and clients that are generated of it work."""

import importlib
import json
import os
import shutil
import subprocess
import sys
import typing
from pathlib import Path

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

FOLDER = Path(__file__).parent
TOOLS = FOLDER / "node_modules" / ".bin"
PARTNER, LAB = "msp_1", "client_8"


@pytest.fixture(scope="module")
def document(server, tmp_path_factory):
    """The document as a file."""
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_text(requests.get(f"{server.url}/api/v2/openapi.json", timeout=30).text)
    return path


def tool(*words, cwd=FOLDER):
    """Runs a program of the environment, or of node_modules, and fails with what it says."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "REDOCLY_TELEMETRY": "off"}
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_document_is_valid(document):
    found = OpenAPIV31SpecValidator(json.loads(document.read_text())).iter_errors()
    assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found] == []


def test_two_linters_find_no_error(document):
    tool(TOOLS / "redocly", "lint", "--config", FOLDER / "redocly.yaml", document)
    tool(TOOLS / "spectral", "lint", "--ruleset", FOLDER / "spectral.yaml", "--fail-severity", "error", document)


# One of each noun: what makes it, where the answer tells its id, what changes it, and what ends it.
NOUNS = {
    "clients": (PARTNER, {"name": "Harbour", "address": "1 Road", "country": "USA", "timeZone": "UTC"}, "uniqueId", {"city": "Oakland"}, "client_id"),
    "users": (PARTNER, {"loginName": "grace", "firstName": "G", "lastName": "H", "email": "g@x.example"}, "id", {"city": "Oakland"}, "user_id"),
    "user_groups": (PARTNER, {"name": "Night shift"}, "uniqueId", {"description": "Nightly"}, "group_id"),
    "roles": (PARTNER, {"name": "Watch", "scope": "MSP", "permissions": [{"id": 13}]}, "uniqueId", {"description": "Looks"}, "role_id"),
    "permission_sets": (PARTNER, {"name": "Set", "scope": "MSP", "permissions": [{"id": 0}]}, "uniqueId", {"description": "Own"}, "unique_id"),
    "resources": (LAB, {"hostName": "HARBOUR-1", "tags": ["rack 1"]}, "resourceUUID", {"osName": "Debian"}, "resource_id"),
    "device_groups": (LAB, [{"name": "Racks"}], "id", None, "device_group_id"),
    "credential_sets": (LAB, {"name": "Door", "credentialType": "SSH", "port": 22}, "uniqueId", {"description": "Back"}, "credential_set_id"),
}
ENDS = {"clients": ("terminate", None), "users": ("terminate", {"terminateReason": "Left", "maskType": "FULL"})}


@pytest.fixture(scope="module")
def generated(document, tmp_path_factory):
    """The client that openapi-python-client makes."""
    folder = tmp_path_factory.mktemp("generated")
    said = tool("openapi-python-client", "generate", "--path", document, "--output-path", folder / "client", "--meta", "none", "--overwrite", cwd=folder)
    assert "WARNING" not in said.upper(), said
    sys.path.insert(0, str(folder))
    yield importlib.import_module("client")
    sys.path.remove(str(folder))


def test_a_generated_python_client_makes_changes_and_ends_one_of_each_noun(server, generated):
    token = server.token(*server.key(PARTNER, "Partner Administrator"))
    client = importlib.import_module("client.client").AuthenticatedClient(base_url=server.url, token=token)

    def call(noun, verb, body=None, **path):
        module = importlib.import_module(f"client.api.{noun}.{noun}_{verb}")
        words = {name: value for name, value in path.items() if value is not None}
        if body is not None:
            words["body"] = typed(typing.get_type_hints(module._get_kwargs)["body"], body)
        answer = module.sync_detailed(client=client, **words)
        assert answer.status_code in (200, 201), answer.content
        return json.loads(answer.content), answer.parsed

    for noun, (tenant, new, key, change, name) in NOUNS.items():
        made, parsed = call(noun, "save" if noun == "device_groups" else "create", new, tenant_id=tenant)
        assert parsed is not None, noun
        thing = made[0][key] if isinstance(made, list) else made[key]
        where = {"tenant_id": tenant, name: thing}
        read, parsed = call(noun, "get", **where)
        if change is None:
            changed, _ = call(noun, "save", [{"id": thing, "description": "Changed"}], tenant_id=tenant)
            assert changed[0]["description"] == "Changed"
        else:
            changed, _ = call(noun, "update", change, **where)
            assert change.items() <= changed.items(), noun
        verb, body = ENDS.get(noun, ("delete", None))
        call(noun, verb, body, **where)


def typed(hint, body):
    """A body as the generated code wants it."""
    for choice in typing.get_args(hint) or [hint]:
        if isinstance(body, list) and typing.get_origin(hint) is list:
            return [choice.from_dict(item) for item in body]
        if hasattr(choice, "from_dict"):
            return choice.from_dict(body)
    raise AssertionError(f"{hint} is made of no object")


def test_a_generated_typescript_client_compiles_and_makes_changes_and_ends_one_of_each_noun(server, document, tmp_path):
    tool(TOOLS / "openapi-typescript", document, "--output", tmp_path / "api.ts")
    for name in ["calls.ts", "tsconfig.json"]:
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "node_modules").symlink_to(FOLDER / "node_modules")
    tool(TOOLS / "tsc", "--project", tmp_path, cwd=tmp_path)
    token = server.token(*server.key(PARTNER, "Partner Administrator"))
    assert "8 nouns" in tool("node", tmp_path / "calls.js", server.url, token, cwd=tmp_path)
