// Creates, changes and deletes one of each noun, with types generated from the OpenAPI document.

import createClient from "openapi-fetch";
import type { paths } from "./api.js";

declare const process: { argv: string[] };

const [baseUrl, token] = process.argv.slice(2);
const { GET, POST, PUT, DELETE } = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
const partner = { tenantId: "msp_1" };
const lab = { tenantId: "client_8" };
let nouns = 0;

/** The data of a successful answer. */
function done<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.status} ${answer.response.url} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

function same(found: unknown, expected: unknown) {
  if (found !== expected) throw new Error(`${found} where ${expected} was expected`);
  nouns += 1;
}

{
  const body = { name: "Quay", address: "1 Road", country: "USA", timeZone: "UTC" } as const;
  const { uniqueId: clientId } = done(await POST("/api/v2/tenants/{tenantId}/clients", { params: { path: partner }, body }));
  const path = { ...partner, clientId };
  same(done(await POST("/api/v2/tenants/{tenantId}/clients/{clientId}", { params: { path }, body: { city: "Oakland" } })).city, "Oakland");
  done(await POST("/api/v2/tenants/{tenantId}/clients/{clientId}/terminate", { params: { path } }));
}
{
  const body = { loginName: "joan", firstName: "Joan", lastName: "Clarke", email: "j@x.example", timeZone: { name: "UTC" } } as const;
  const { id: userId } = done(await POST("/api/v2/tenants/{tenantId}/users", { params: { path: partner }, body }));
  const path = { ...partner, userId };
  same(done(await POST("/api/v2/tenants/{tenantId}/users/{userId}", { params: { path }, body: { city: "Oakland" } })).city, "Oakland");
  done(await POST("/api/v2/tenants/{tenantId}/users/{userId}/TERMINATE", { params: { path }, body: { maskType: "FULL" } }));
}
{
  const { uniqueId: groupId } = done(await POST("/api/v2/tenants/{tenantId}/userGroups", { params: { path: partner }, body: { name: "Day shift" } }));
  const path = { ...partner, groupId };
  same(done(await POST("/api/v2/tenants/{tenantId}/userGroups/{groupId}", { params: { path }, body: { description: "x" } })).description, "x");
  done(await DELETE("/api/v2/tenants/{tenantId}/userGroups/{groupId}", { params: { path } }));
}
{
  const body = { name: "Day watch", scope: "MSP", permissions: [{ id: 13 }] } as const;
  const made = done(await POST("/api/v2/tenants/{tenantId}/roles", { params: { path: partner }, body: { ...body, permissions: [...body.permissions] } }));
  const path = { ...partner, roleId: made.uniqueId };
  same(done(await POST("/api/v2/tenants/{tenantId}/roles/{roleId}", { params: { path }, body: { description: "x" } })).description, "x");
  done(await DELETE("/api/v2/tenants/{tenantId}/roles/{roleId}", { params: { path } }));
}
{
  const body = { name: "Day set", scope: "MSP" as const, permissions: [{ name: "Clients", type: "View" }] };
  const made = done(await POST("/api/v2/tenants/{tenantId}/permissionSets", { params: { path: partner }, body }));
  const path = { ...partner, uniqueId: made.uniqueId };
  same(done(await PUT("/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", { params: { path }, body: { description: "x" } })).description, "x");
  done(await DELETE("/api/v2/tenants/{tenantId}/permissionSets/{uniqueId}", { params: { path } }));
}
{
  const body = { hostName: "QUAY-1", tags: ["rack 1", { name: "env", value: "prod" }] };
  const made = done(await POST("/api/v2/tenants/{tenantId}/resources", { params: { path: lab }, body }));
  const path = { ...lab, resourceId: made.resourceUUID };
  done(await POST("/api/v2/tenants/{tenantId}/resources/{resourceId}", { params: { path }, body: { osName: "Debian" } }));
  same(done(await GET("/api/v2/tenants/{tenantId}/resources/{resourceId}", { params: { path } })).osName, "Debian");
  done(await DELETE("/api/v2/tenants/{tenantId}/resources/{resourceId}", { params: { path } }));
}
{
  const [made] = done(await POST("/api/v2/tenants/{tenantId}/deviceGroups", { params: { path: lab }, body: [{ name: "Shelves" }] }));
  const deviceGroupId = made!.id;
  const [changed] = done(await POST("/api/v2/tenants/{tenantId}/deviceGroups", { params: { path: lab }, body: [{ id: deviceGroupId, description: "x" }] }));
  same(changed!.description, "x");
  done(await DELETE("/api/v2/tenants/{tenantId}/deviceGroups/{deviceGroupId}", { params: { path: { ...lab, deviceGroupId } } }));
}
{
  const body = { name: "Gate", credentialType: "SSH", port: 22 };
  const made = done(await POST("/api/v2/tenants/{tenantId}/credentialSets", { params: { path: lab }, body }));
  const path = { ...lab, credentialSetId: made.uniqueId };
  same(done(await POST("/api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", { params: { path }, body: { description: "x" } })).description, "x");
  done(await DELETE("/api/v2/tenants/{tenantId}/credentialSets/{credentialSetId}", { params: { path } }));
}
console.log(`${nouns} nouns`);
