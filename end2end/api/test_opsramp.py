"""python-opsramp, as providers install it, drives a running server."""

from functools import partial

import pytest
from opsramp import binding
from opsramp.msp import Clients

PARTNER, LAB, CORP = "msp_1", "client_8", "client_9"


class Driver:
    """A connection of the library, and every answer that came by it."""

    def __init__(self, server, tenant, role):
        self.connection = binding.connect(server.url, *server.key(tenant, role))
        self.answers = []
        self.connection.api.session.hooks["response"].append(lambda answer, **_: self.answers.append(answer))

    def tenant(self, name):
        return self.connection.tenant(name)

    def calls(self, work):
        """What `work` gives, and the paths that were called for it."""
        before = len(self.answers)
        return work(), [answer.request.path_url for answer in self.answers[before:]]


@pytest.fixture
def driver(server):
    """Makes connections. In the end, none of them may have tried anything twice."""
    made = []

    def connect(tenant=PARTNER, role="Partner Administrator"):
        made.append(Driver(server, tenant, role))
        return made[-1]

    yield connect
    answers = [answer for driver in made for answer in driver.answers]
    assert answers, "nothing was called"
    assert [answer.url for answer in answers if answer.raw.retries.history] == [], "retried"
    assert [answer.url for answer in answers if answer.status_code == 204 or not answer.content] == [], "without a body"
    assert [answer.url for answer in answers if not answer.headers["content-type"].startswith("application/json")] == [], "no JSON"


@pytest.fixture
def partner(driver):
    return driver().tenant(PARTNER)


def refused(status, work):
    """The library raises for what is refused; the status stands in its words."""
    with pytest.raises(RuntimeError, match=rf"<Response \[{status}\]>"):
        work()


def ids(things, key="uniqueId"):
    return [thing[key] for thing in things]


def test_a_wrong_secret_opens_nothing(server):
    key, secret = server.key(PARTNER, "Auditor View")
    for wrong in [(key, secret[::-1]), (secret, key), ("", "")]:
        refused(401, partial(binding.connect, server.url, *wrong))


def test_clients_are_searched_over_several_pages(driver):
    connection = driver()
    clients = connection.tenant(PARTNER).clients()
    minimal = clients.get()
    assert {"uniqueId": LAB, "name": "LeoArt Lab"} in minimal
    found, paths = connection.calls(lambda: clients.search("queryString=activeStatus:true&pageSize=25&pageNo=1"))
    assert len(paths) == -(-found["totalResults"] // 25), "a call for each page, and no more"
    assert all(path.count("pageNo=") == 2 for path in paths[1:]), "further pages are asked for by appending a number to the first one's"
    assert len(set(ids(found["results"]))) == found["totalResults"] == len(found["results"]) > 100
    assert set(ids(found["results"])) <= set(ids(minimal))
    one, paths = connection.calls(lambda: clients.search("name:LeoArt Lab+activeStatus:true"))
    assert (ids(one["results"]), one["totalResults"], one["nextPage"], len(paths)) == ([LAB], 1, False, 1)
    assert ids(clients.search("queryString=name:LeoArt&isDescendingOrder=true")["results"]) == [LAB, CORP]


def test_a_client_lives_and_ends(driver):
    partner = driver().tenant(PARTNER)
    clients = partner.clients()
    definition = Clients.mkClient("Harbour Ltd", "2 Bush Street", "America/Los_Angeles", "United States", Clients.mkHours())
    made = clients.create(definition)
    assert (sorted(made), made["name"]) == (["name", "uniqueId"], "Harbour Ltd")
    harbour = made["uniqueId"]
    before = clients.get(harbour)
    assert (before["activated"], before["timeZone"], before["mspId"]) == (True, "America/Los_Angeles", PARTNER)
    assert before["createdBy"]["firstName"] == "API key" and "Partner Administrator" in before["createdBy"]["lastName"]

    after = clients.update(harbour, {"city": "Oakland", "packages": ["Event and Incident Management"]})
    changed = {key for key in after if after[key] != before[key]}
    assert changed - {"updatedTime"} == {"city", "packages"} and clients.get(harbour) == after

    here = driver().tenant(harbour)
    own = driver(harbour, "Client Administrator").tenant(harbour)
    own.api.get("users/minimal")
    assert clients.suspend(harbour)["activated"] is False
    here.api.get("users/minimal")
    refused(410, partial(own.api.get, "users/minimal"))
    assert clients.activate(harbour)["activated"] is True
    refused(401, partial(own.api.get, "users/minimal"))
    driver(harbour, "Client Administrator").tenant(harbour).api.get("users/minimal")
    assert clients.terminate(harbour)["activated"] is False
    refused(404, partial(here.api.get, "users/minimal"))
    refused(404, partial(clients.get, harbour))
    ended = clients.search("queryString=activeStatus:false+name:Harbour Ltd")["results"]
    assert ids(ended) == [harbour], "it is still listed"
    refused(409, partial(clients.activate, harbour))
    assert harbour not in ids(clients.get())

    for wrong in ["client_99999", "nonsense"]:
        refused(404, partial(clients.get, wrong))
        refused(404, partial(clients.update, wrong, {"city": "X"}))
    refused(404, partial(driver().tenant("msp_2").clients().get))


def test_a_role_is_made_changed_and_deleted(partner):
    roles, sets = partner.roles(), partner.permission_sets()
    known = {known["name"]: known for known in sets.search()["results"]}
    assert (known["Dispatcher"]["id"], known["Auditor View"]["id"]) == (13, 8)
    assert ids(sets.search("queryString=name:dispatch")["results"], "name") == ["Dispatcher"]
    detail = sets.get(known["Dispatcher"]["uniqueId"])
    assert detail["scope"] == "MSP" and {"name": "Clients", "type": "View"}.items() <= detail["permissions"][0].items()

    made = roles.create({"name": "Lab watch", "scope": "MSP", "clients": [{"uniqueId": LAB}], "permissions": [{"id": 13}]})
    role = made["uniqueId"]
    shown = roles.get(role)
    assert (shown["scope"], ids(shown["clients"]), ids(shown["permissions"], "id"), shown["defaultRole"]) == ("MSP", [LAB], [13], False)
    assert isinstance(shown["id"], int) and "allClients" not in shown and "users" not in shown
    changed = roles.update(role, {"description": "Looks after the lab", "users": [{"id": "USR0000000011"}], "allDevices": True})
    assert (changed["name"], ids(changed["users"], "id"), changed["allDevices"]) == ("Lab watch", ["USR0000000011"], True)
    assert role in ids(roles.search("queryString=name:lab")["results"])
    assert "users" not in roles.update(role, {"users": None})
    roles.delete(role)
    for gone in [partial(roles.get, role), partial(roles.delete, role)]:
        refused(404, gone)
    default = next(role for role in roles.search()["results"] if role["defaultRole"])
    refused("40[39]", partial(roles.update, default["uniqueId"], {"name": "Mine"}))
    refused("40[39]", partial(roles.delete, default["uniqueId"]))
    assert roles.get(default["uniqueId"])["name"] == default["name"]


def test_a_key_sees_what_its_role_lists_and_nothing_else(driver, partner):
    role = {"name": "Lab only", "scope": "MSP", "clients": [{"uniqueId": LAB}], "allDevices": True, "permissions": [{"id": 8}]}
    partner.roles().create(role)
    own = driver(PARTNER, "Lab only")
    clients = own.tenant(PARTNER).clients()
    assert ids(clients.get()) == [LAB] == ids(clients.search()["results"])
    refused(404, partial(clients.get, CORP))
    refused(404, own.tenant(CORP).resources().search)
    assert {device["client"]["uniqueId"] for device in own.tenant(PARTNER).resources().search()["results"]} == {LAB}
    before = partner.clients().get(LAB)
    refused(403, partial(clients.update, LAB, {"city": "X"}))
    refused(403, partial(clients.create, Clients.mkClient("X", "1 Road", "Europe/Berlin", "Germany")))
    refused(403, partial(clients.terminate, LAB))
    assert partner.clients().get(LAB) == before


def test_a_credential_set_never_tells_its_secrets(driver):
    connection = driver()
    sets = connection.tenant(LAB).credential_sets()
    secret = "Geheim-17"
    made = sets.create({"name": "Door", "credentialType": "SSH", "userName": "root", "password": secret, "port": 22})
    uuid = made["uniqueId"]
    shown = sets.get(uuid)
    assert (shown["name"], shown["userName"], shown["port"], len(uuid)) == ("Door", "root", 22, 24)
    assert sets.get(uuid, minimal=True) == {"uniqueId": uuid, "name": "Door"}
    assert {"uniqueId": uuid, "name": "Door"} in sets.get("", minimal=True)
    assert sets.update(uuid, {"description": "Back"})["userName"] == "root"
    assert uuid in ids(sets.search("queryString=name:door")["results"])
    assert not any(secret in answer.text for answer in connection.answers)
    sets.delete(uuid)
    refused(404, partial(sets.get, uuid))


def test_resources_and_their_groups(partner, driver):
    lab = driver().tenant(LAB)
    resources, groups = lab.resources(), lab.resource_groups()
    before = resources.search()["totalResults"]
    made = resources.create({"hostName": "HYDLPT900", "ipAddress": "10.9.0.1", "resourceType": "Server"})
    device = made["resourceUUID"]
    assert made["tenantID"] == LAB and resources.search()["totalResults"] == before + 1
    tags = [{"name": "rack 4", "value": ""}, {"name": "env", "value": "prod"}]
    assert resources.update(device, {"tags": ["rack 4", tags[1]]})["tags"] == tags
    assert resources.get(device)["client"] == {"uniqueId": LAB, "name": "LeoArt Lab"}
    assert device in ids(resources.minimal()["results"], "id")
    assert ids(resources.search("queryString=hostName:hydlpt900")["results"], "id") == [device]

    [group] = groups.create([{"name": "Racks"}])
    members = f"deviceGroups/{group['id']}/childs"
    assert lab.api.post(members, json=[{"id": device, "type": "DEVICE"}])["deviceCount"] == 1
    assert ids(lab.api.get(f"{members}/search")["results"], "id") == [device]
    [changed, other] = groups.update([{"id": group["id"], "description": "All of them"}, {"name": "Shelves"}])
    assert (changed["name"], changed["description"], other["name"]) == ("Racks", "All of them", "Shelves")
    assert {"id": group["id"], "name": "Racks"} in groups.minimal()["results"]
    assert group["id"] in ids(groups.search("queryString=name:rack")["results"], "id")
    assert lab.api.delete(members, json=[{"id": device, "type": "DEVICE"}])["deviceCount"] == 0
    refused(404, partial(lab.api.delete, members, json=[{"id": "nonsense", "type": "DEVICE"}]))

    refused(404, partial(driver().tenant(CORP).resources().get, device))
    for gone in [group["id"], other["id"]]:
        groups.delete(gone)
        refused(404, partial(groups.delete, gone))
    resources.delete(device)
    refused(404, partial(resources.delete, device))
    assert resources.search()["totalResults"] == before
    several = partner.resources().search("queryString=state:active&pageSize=50")
    assert len(set(ids(several["results"], "id"))) == several["totalResults"] == len(several["results"]) > 50


def test_users_and_groups_come_and_go(partner):
    api = partner.api
    ada = {"loginName": "ada@leoart.example", "firstName": "Anna Ada", "lastName": "Lovelace", "email": "ada@leoart.example"}
    made = api.post("users", json={**ada, "roles": [{"name": "Technician"}], "timeZone": {"code": "EST"}})
    user = made["id"]
    assert made["invitation"]["link"].startswith("/invitation/"), "who has no password gets a link"
    shown = api.get(f"users/{user}")
    assert ada.items() <= shown.items() and "invitation" not in shown and shown["timeZone"]["code"] == "EST"
    assert ids(shown["roles"], "name") == ["Technician"]
    assert ids(api.get("users/search?queryString=firstName:Anna Ada+status:active")["results"], "id") == [user]
    everybody = api.get("users/search?pageSize=4")
    assert ids(everybody["results"], "id") == ids(api.get("users/minimal"), "id"), "page by page is all at once"

    group = api.post("userGroups", json={"name": "Night shift"})["uniqueId"]
    for _ in range(2):
        api.post(f"userGroups/{group}/users", json=[{"id": user}])
    assert ids(api.get(f"userGroups/{group}/users")["results"], "id") == [user]
    assert group in ids(api.get("userGroups?queryString=name:night")["results"])
    api.delete(f"userGroups/{group}/users", json=[{"id": user}])
    assert api.get(f"userGroups/{group}/users")["results"] == []
    refused(404, partial(api.delete, f"userGroups/{group}/users", json=[{"id": "nonsense"}]))
    api.delete(f"userGroups/{group}")
    refused(404, partial(api.get, f"userGroups/{group}"))

    assert api.post(f"users/{user}/DEACTIVATE", json={"deactivateReason": "On leave"})["status"] == "inactive"
    assert ids(api.get("users/search?queryString=status:inactive+lastName:lovelace")["results"], "id") == [user]
    assert api.post(f"users/{user}/ACTIVATE")["status"] == "active"
    api.post(f"users/{user}/TERMINATE", json={"terminateReason": "Left", "maskType": "FULL"})
    assert user not in ids(api.get("users/minimal"), "id")
    refused(404, partial(api.get, f"users/{user}"))
    assert "lovelace" not in str(api.get("users/search?pageSize=1000")).lower()
    assert isinstance(api.get("users/loginHistory/search")["results"], list)


def test_lists_of_what_may_be_chosen(driver):
    config = driver().connection.config()
    assert {"code": "USA", "name": "United States"} in config.get_countries()
    zones = config.get_timezones()
    assert all(isinstance(text, str) for zone in zones for text in zone.values())
    assert "America/Los_Angeles" in ids(zones, "name")
    assert {"Desktop", "Server"} <= set(ids(config.get_device_types(), "name"))


def test_a_viewer_changes_nothing(driver):
    viewer = driver(PARTNER, "Auditor View").tenant(PARTNER)
    roles, before = viewer.roles(), viewer.roles().search()
    refused(403, partial(roles.create, {"name": "Mine", "scope": "MSP"}))
    refused(403, partial(viewer.api.post, "users", json={"loginName": "m", "firstName": "M", "lastName": "M", "email": "m@x.example"}))
    refused(403, partial(viewer.clients().suspend, LAB))
    refused(403, partial(viewer.api.post, "userGroups", json={"name": "Mine"}))
    assert roles.search() == before and viewer.clients().get(LAB)["activated"] is True


def test_a_wrong_query_is_told_at_once(driver):
    connection = driver()
    refused(422, partial(connection.tenant(PARTNER).api.get, "roles/search?queryString=colour:red"))
    refused(422, partial(connection.tenant(PARTNER).api.get, "users/search?colour=red"))
    assert connection.tenant(PARTNER).api.get("roles/search?sortName=colour")["orderBy"] == "name"
    connection.tenant(PARTNER).api.post("userGroups", json={"name": "C++"})
    assert ids(connection.tenant(PARTNER).api.get("userGroups?queryString=name:C++")["results"], "name") == ["C++"]
