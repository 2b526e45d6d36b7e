import type { WireRecord } from "../api/record/wire";
import { importableMembers, phoneMembers } from "./contactMembers";
import type { DemoTable } from "./demoTable";
import { noSuchCampaign, replyError, replyRecords, type Reply } from "./reply";

/** Imports one contact, or overwrites the first one with the same UserData. */
export function importContact(
  table: DemoTable,
  campaigns: readonly WireRecord[],
  body: unknown,
  overwriteDuplicates: boolean,
): Reply {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return replyError(400, "The body must be one contact");
  }
  const given = new Map<string, unknown>(Object.entries(body));
  const fault = faultOf(given);
  if (fault !== undefined) return replyError(400, fault);
  const campaignId = campaignIdOf(given, campaigns);
  if (typeof campaignId !== "number") return campaignId;

  const members: Record<string, unknown> = { DiallerCampaignsID: campaignId, dtImported: localNow() };
  for (const member of importableMembers.keys()) members[member] = given.get(member) ?? null;
  const key = members.UserData;
  const keyed = typeof key === "string" && key !== "";
  const same = overwriteDuplicates && keyed ? table.withUserData(new Set([key]))[0] : undefined;
  const id = same ?? table.add(members);
  if (same !== undefined) table.overwrite(same, members);
  const stored = table.read(id);
  return replyRecords(stored === undefined ? [] : [stored]);
}

function faultOf(given: ReadonlyMap<string, unknown>): string | undefined {
  if (isBlank(given.get("Name"))) return "Name is missing";
  if (isBlank(given.get("DiallerCampaignsID")) && isBlank(given.get("DiallerCampaignsName"))) {
    return "DiallerCampaignsID or DiallerCampaignsName is missing";
  }
  if (phoneMembers.every((member) => isBlank(given.get(member)))) {
    return "At least one of PhoneNumber1 to PhoneNumber6 is missing";
  }
  for (const [member, longest] of importableMembers) {
    const value = given.get(member) ?? null;
    if (value === null || (member === "Amount" && typeof value === "number")) continue;
    if (typeof value !== "string") return `${member} must be text`;
    if (longest > 0 && value.length > longest) return `${member} is longer than ${longest} characters`;
  }
  return undefined;
}

/** The ID of the target campaign. If ID and name are of different campaigns, a precondition fails (409). */
function campaignIdOf(given: ReadonlyMap<string, unknown>, campaigns: readonly WireRecord[]): number | Reply {
  const id = given.get("DiallerCampaignsID") ?? null;
  const name = given.get("DiallerCampaignsName") ?? null;
  const byId = campaigns.find((campaign) => campaign.ID === id || String(campaign.ID) === id);
  const byName = campaigns.find((campaign) => campaign.Name === name);
  const found = id === null ? byName : byId;
  if (found === undefined) return noSuchCampaign;
  if (name !== null && byName !== found) {
    return replyError(409, "DiallerCampaignsID and DiallerCampaignsName mean different campaigns");
  }
  return Number(found.ID);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function localNow(): string {
  return new Date().toISOString().slice(0, 23);
}
