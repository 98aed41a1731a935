"""Servers for the tests: each has the demo's data for itself."""

import os
import shutil

import pytest

from server import Server, demo


@pytest.fixture(scope="session")
def binary():
    path = os.environ.get("TENANTRY_TEST_BIN")
    assert path, "TENANTRY_TEST_BIN is not set. Please run these tests by: cargo xtask test api"
    return path


@pytest.fixture(scope="session")
def template(binary):
    data = demo(binary)
    yield data
    shutil.rmtree(data)


@pytest.fixture(scope="module")
def server(binary, template):
    server = Server(binary, template)
    yield server
    server.stop()
