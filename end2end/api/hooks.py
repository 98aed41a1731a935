"""Adjusts generated requests: the demo's things in the examples survive, so that every operation has something to work on, and dates exist."""

import calendar
import os
import re

import schemathesis

# No document can know the ids of roles: two existing ones replace the example's, the second where the role is deleted.
ROLE = "ROLE-0074b24b-5c0b-2332-dd99-fea506f6cebd"
ROLES = os.environ.get("ROLES", "").split() or [ROLE]

# The things of the examples, and those that are deleted, suspended or terminated instead.
REPLACEMENTS = {
    "client_8": "client_12",
    "client_9": "client_12",
    "mmtKsSTyXYqtEtrRMRSmWjAh": "EAmBeuHhCY5hrCvHVejrccJj",
    "DGP-3bc09935-6510-4205-bb6f-6d2b9561fc43": "DGP-fbbabccc-578b-4658-9475-178ab034c20b",
    "2912ca9f-5c62-451f-82a8-8c08ca9c9447": "d628b4f1-37ad-49de-8487-43125ec3178a",
    "USRGRP-5dd6cb59-b4cf-083a-29f6-7f6fc2688fd3": "USRGRP-98c1733f-0429-001d-8196-54a85e15d49d",
    "USR0000000011": "USR0000000013",
    "aws_1": "aws_9",
}
ENDS = ("/suspend", "/terminate", "/DEACTIVATE", "/TERMINATE")

# The pattern of dates allows a 29th of February in every year.
LEAP_DAY = re.compile(r"(\d{4})-02-29")


def existing_day(day):
    return day[0] if calendar.isleap(int(day[1])) else f"{day[1]}-02-28"


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    ends = path.endswith(ENDS) or (case.method.upper() == "DELETE" and path.endswith("}"))
    if path.startswith("/api/v2/tenants/client/"):
        # The only path that names a client in the tenant's place.
        case.path_parameters["tenantId"] = "client_8"
    for name, value in case.path_parameters.items():
        if ends and name != "tenantId":
            case.path_parameters[name] = REPLACEMENTS.get(value, value)
        if value == ROLE:
            case.path_parameters[name] = ROLES[-1 if ends else 0]
    search = (case.query or {}).get("queryString")
    if isinstance(search, str):
        case.query["queryString"] = LEAP_DAY.sub(existing_day, search)
