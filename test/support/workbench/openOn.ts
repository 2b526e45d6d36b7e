import { openWorkbench, type Workbench } from "./workbench";
import { type SmallDialler } from "../dialler/smallDialler";
import { token } from "../dialler/token";

export interface OpenedOn {
  /** `test`, if not given; also the endpoint's name. */
  readonly environment?: "test" | "production";
  readonly readOnly?: boolean;
  /** Further endpoints of the same environment, by name. */
  readonly others?: Readonly<Record<string, { readonly baseUrl: string; readonly readOnly?: boolean }>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly folder?: string;
  /** Opens the folder in Restricted Mode. */
  readonly restricted?: boolean;
}

/** A window on a dialler with one flat list, its view not opened yet. */
export function openClosed(
  dialler: Pick<SmallDialler, "baseUrl">,
  wishes: OpenedOn = {},
): Promise<Workbench> {
  const { environment = "test", readOnly = false, others = {}, settings = {}, folder, restricted } = wishes;
  const { baseUrl } = dialler;
  const endpoints = Object.entries({ [environment]: { baseUrl, readOnly }, ...others }).map(
    ([name, endpoint]) => [name, { ...endpoint, environment }] as const,
  );
  return openWorkbench({
    ...(folder === undefined ? {} : { folder }),
    ...(restricted === undefined ? {} : { restricted }),
    settings: {
      "dialler.endpoints": Object.fromEntries(endpoints),
      "dialler.activeEndpoint": environment,
      "dialler.groupBy": "none",
      ...settings,
    },
  });
}

/** The same with the token given, and contacts in sight. */
export async function openOn(
  dialler: Pick<SmallDialler, "baseUrl">,
  wishes: OpenedOn = {},
): Promise<Workbench> {
  const workbench = await openClosed(dialler, wishes);
  await workbench.openView();
  await giveToken(workbench);
  return workbench;
}

/** Gives the token that the view asks for. */
export async function enterToken(workbench: Workbench): Promise<void> {
  await workbench.contacts.clickWelcome("Set Token…");
  await workbench.quickInput.type(token);
  await workbench.quickInput.accept();
}

/** The same, and waits until something is listed. */
export async function giveToken(workbench: Workbench): Promise<void> {
  await enterToken(workbench);
  await workbench.contacts.rowsWhen((rows) => rows.length > 0);
}
