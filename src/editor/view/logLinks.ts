import * as vscode from "vscode";
import { contactIdOf } from "../../dialler/api/record/key";
import { resultsInLog } from "../../dialler/runs/resultLine";
import * as l10n from "../../l10n";
import { commands, documentScheme, outputChannel } from "../../manifest";

/** Makes the contacts in the lines of our output channel links. Nothing is requested before one is clicked. */
export class LogLinks implements vscode.DocumentLinkProvider {
  readonly #registered: vscode.Disposable;

  /** `extensionId`: the extension whose channel gets links; other extensions have logs, too. */
  constructor(readonly extensionId: string) {
    this.#registered = vscode.languages.registerDocumentLinkProvider({ scheme: "output" }, this);
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    if (!this.#isOurs(document.uri)) return [];
    return resultsInLog(document.getText()).flatMap(({ start, length, endpoint, id, isWhole }) => {
      if (!isWhole || endpoint === undefined) return [];
      const range = new vscode.Range(document.positionAt(start), document.positionAt(start + length));
      const link = new vscode.DocumentLink(range, commandFor(linkTo(endpoint, id)));
      link.tooltip = l10n.t("Open contact #{id}", { id });
      return [link];
    });
  }

  dispose(): void {
    this.#registered.dispose();
  }

  /** The path names extension and channel: `dialler.dialler-contacts.Dialler`, in newer versions with `.log` behind. */
  #isOurs({ path }: vscode.Uri): boolean {
    return path.toLowerCase().startsWith(`${this.extensionId}.${outputChannel}`.toLowerCase());
  }
}

/** The URI of a contact; a fragment keeps every character of the endpoint's name. */
function linkTo(endpoint: string, id: number): vscode.Uri {
  return vscode.Uri.from({ scheme: documentScheme, path: `/${id}`, fragment: endpoint });
}

/** The contact that such a link names; undefined for any other URI. */
export function contactOfLink(
  uri: vscode.Uri,
): { readonly endpoint: string; readonly id: number } | undefined {
  const id = contactIdOf(uri.path.slice(1));
  if (uri.scheme !== documentScheme || uri.fragment === "" || id === undefined) return undefined;
  return { endpoint: uri.fragment, id };
}

/** Opening the URI directly would show an empty document; the command reads the contact first. */
function commandFor(link: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({
    scheme: "command",
    path: commands.contactOpen,
    query: JSON.stringify([link.toJSON()]),
  });
}
