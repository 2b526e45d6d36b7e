import assert from "node:assert/strict";

/** Creates a contact on a demo dialler, as another client would; returns its ID. */
export async function importedInto(
  { baseUrl }: { readonly baseUrl: string },
  token: string,
  record: object,
): Promise<number> {
  const response = await fetch(`${baseUrl}/dialler/contacts/import?overwriteDuplicates=false`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ DiallerCampaignsID: 72, PhoneNumber1: "4943155501", ...record }),
  });
  const id = /"ID":\s*(\d+)/.exec(await response.text())?.[1];
  assert.ok(id, `HTTP ${response.status}`);
  return Number(id);
}
