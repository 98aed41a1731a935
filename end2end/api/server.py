"""A running Tenantry with data of its own."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import requests

# Nothing comes from the caller's own installation: no variable, and no configuration file in the current folder. AWS isn't set up.
WITHOUT_AWS = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true"}
OWN = {name: value for name, value in os.environ.items() if not name.startswith(("TENANTRY_", "AWS_"))} | WITHOUT_AWS


class Server:
    """Serves a copy of the data in `template`, on a free port, until it is stopped."""

    def __init__(self, binary, template):
        self.binary = binary
        self.data = Path(tempfile.mkdtemp(prefix="tenantry-api-"))
        shutil.copytree(template, self.data, dirs_exist_ok=True)
        self.environment = {**OWN, "TENANTRY_DATA": str(self.data), "TENANTRY_LOG": "warn", "TENANTRY_API_RATE_LIMIT": "0"}
        serve = [binary, "serve", "--listen", "127.0.0.1:0"]
        self.log = open(self.data / "log.txt", "w+")
        self.process = subprocess.Popen(serve, env=self.environment, cwd=self.data, stdout=subprocess.PIPE, stderr=self.log, text=True)
        greeting = next((found for line in self.process.stdout if (found := re.search(r"listening on (http://\S+)", line))), None)
        assert greeting, f"tenantry ended while starting: {self.logged()}"
        self.url = greeting[1]

    def key(self, tenant, role, name=None):
        """An API key as the operator makes it: key and secret."""
        words = [self.binary, "api-key", "create", "--tenant", tenant, "--name", name or f"{role} {os.urandom(4).hex()}", "--role", role]
        made = json.loads(subprocess.run(words, env=self.environment, cwd=self.data, check=True, capture_output=True, text=True).stdout)
        return made["key"], made["secret"]

    def token(self, key, secret):
        """A token as every program asks for it."""
        form = {"grant_type": "client_credentials", "client_id": key, "client_secret": secret}
        answer = requests.post(f"{self.url}/auth/oauth/token", data=form, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def logged(self):
        """What the server has to say: a warning or a failure, or nothing."""
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()
        shutil.rmtree(self.data)


def demo(binary):
    """A folder with the demo's data, from which servers start."""
    data = tempfile.mkdtemp(prefix="tenantry-demo-")
    for words in [["migrate"], ["seed", "--demo"]]:
        subprocess.run([binary, *words], env={**OWN, "TENANTRY_DATA": data}, cwd=data, check=True, stdout=subprocess.DEVNULL)
    return data
