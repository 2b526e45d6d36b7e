// A window on a demo dialler whose contacts have something to show, and an old dialler to switch to.
import { startDemoServer, type DemoRequest, type DemoServer } from "../../../src/dialler/demo/demoServer";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";
import { importedInto } from "../dialler/importedInto";
import { enterToken } from "./openOn";
import { token } from "../dialler/token";

export const bank = { AccountOwner: "Ida Brandt", AccountIBAN: "DE44500105175407324931", Amount: 12.5 };

export let workbench: Workbench;
export let server: DemoServer;
export let other: DemoServer;
export const seen: DemoRequest[] = [];
export const seenByOther: DemoRequest[] = [];
export const ids = { banked: 0, twin: 0 };
export const asked = (): string[] =>
  seen.splice(0).map(({ method, path }) => `${method} ${path.replace("/rest/v1.0/7/dialler", "")}`);

/** Opens the window before the tests of a `describe` and closes it after them. */
export function lookAtContacts(): void {
  before(async () => {
    server = await startDemoServer({ token, contacts: 12, observe: (request) => seen.push(request) });
    other = await startDemoServer({
      token,
      contacts: 12,
      observe: (request) => seenByOther.push(request),
      oldServer: { noBatchRead: true },
    });
    ids.banked = await importedInto(server, token, {
      Name: "Aaronson",
      Company: "Bank AG",
      UserData: "40105",
      PhoneNumber1: "+494315550199",
      Email: "aaron@mail.example.com",
      ExternalSystemLink: "https://crm.example.com/c/1",
      ...bank,
    });
    ids.twin = await importedInto(server, token, {
      Name: "Zwilling",
      UserData: "TWIN",
      PhoneNumber1: "4943155501",
    });
    await importedInto(server, token, { Name: "0431 5550188", PhoneNumber1: "4943155503" });
    await importedInto(server, token, { Name: "Zwirn", UserData: "TWIN", PhoneNumber1: "4943155502" });
    workbench = await openWorkbench({
      settings: {
        "dialler.endpoints": {
          mine: { baseUrl: server.baseUrl, environment: "development" },
          old: { baseUrl: other.baseUrl, environment: "development" },
        },
        "dialler.activeEndpoint": "mine",
        "dialler.groupBy": "none",
        "dialler.sortBy": "id",
      },
    });
    await workbench.openView();
    await enterToken(workbench);
    await workbench.contacts.row(/#40101\b/);
  });

  beforeEach(() => {
    seen.splice(0);
    seenByOther.splice(0);
  });

  after(async () => {
    await workbench.close();
    await server.stop();
    await other.stop();
  });
}

/** Clicks a row and waits until its record was read for the preview, so that later requests are those of a command. */
export async function pointAt(name: RegExp): Promise<void> {
  const isRead = ({ method, path }: DemoRequest): boolean =>
    method === "GET" && /\/contacts\/\d+$/.test(path);
  const before = [seen, seenByOther].flat().filter(isRead).length;
  await workbench.contacts.select(name);
  await until("the preview", () => [seen, seenByOther].flat().filter(isRead).length > before);
  seen.splice(0);
  seenByOther.splice(0);
}

/** Goes over to the old dialler before the tests of a `describe`. */
export function switchToOldDialler(): void {
  before(async () => {
    await workbench.runCommand("Dialler: Switch Endpoint…");
    await workbench.quickInput.pick("old");
    await enterToken(workbench);
    await workbench.contacts.row(/#40101\b/);
  });
}
