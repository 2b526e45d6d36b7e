import type { WireCampaign, WireRecord } from "../api/record/wire";

/** The campaigns of the demo, in the order of the server: by name, and the one with the odd data last. */
export function demoCampaigns(clientsId = 7): readonly (WireCampaign & WireRecord)[] {
  return [
    campaign(72, "Customer Survey 2026", 2, 4, clientsId),
    campaign(71, "Frühjahrsaktion Optik", 1, 8, clientsId),
    campaign(74, "Rückrufe „dringend“", 1, 2, clientsId),
    campaign(73, "Zahlungserinnerung", 1, 6, clientsId),
    campaign(75, "Odd data", 2, 1, clientsId),
  ];
}

function campaign(
  id: number,
  name: string,
  languagesId: number,
  lines: number,
  clientsId: number,
): WireCampaign & WireRecord {
  return {
    AbortOnNoTelNumberResultCodesID: 503,
    bCallerIDActive: true,
    bCloseContactsOnIncomingCallsMatchCallerID: id === 71,
    CallerID: "494066969100",
    ClientsID: clientsId,
    ContactPreviewTime: 15,
    Description: null,
    dtFrom: "2026-03-02T08:00:00",
    dtTo: "2026-12-18T20:00:00",
    ID: id,
    IncomingCallResultCodesID: 501,
    LanguagesID: languagesId,
    Name: name,
    nMaxParallelLines: lines,
    nMaxTries: 6,
  };
}

type ResultKind = "bDone" | "bAborted" | "bDelay" | "bAppointment";

const resultCodes: readonly (readonly [number, string, string, string, ResultKind])[] = [
  [501, "Erledigt", "Done", "DONE", "bDone"],
  [502, "Kein Interesse", "Not interested", "NOINT", "bDone"],
  [503, "Keine gültige Rufnummer", "No valid number", "NONUM", "bAborted"],
  [504, "Nicht erreicht", "Not reached", "RETRY", "bDelay"],
  [505, "Termin vereinbart", "Appointment made", "APPT", "bAppointment"],
];

/** The result of every call but the last. */
export const notReached = 504;

export const resultCodeIds: readonly number[] = resultCodes.map(([id]) => id);

/** A result code as the batch read adds it, in German for language 1, otherwise in English. */
export function resultCodeRecord(id: unknown, languagesId: number): WireRecord | null {
  const found = resultCodes.find(([known]) => known === id);
  if (found === undefined) return null;
  const [, german, english, exportKey, kind] = found;
  return {
    ID: id,
    Content: languagesId === 1 ? german : english,
    ExportKey: exportKey,
    bDone: kind === "bDone",
    bAborted: kind === "bAborted",
    bDelay: kind === "bDelay",
    bAppointment: kind === "bAppointment",
  };
}
