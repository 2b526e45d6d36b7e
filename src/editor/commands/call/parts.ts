import type { Secrets } from "../../../dialler/api/secrets";
import type { Connector } from "../../../dialler/endpoint/connect";
import type { FollowEndpoint } from "../../../dialler/endpoint/followEndpoint";
import type { RunHistory } from "../../../dialler/journal/runHistory";
import type { ContactStore } from "../../../dialler/list/contactStore";
import type { RecentFinds } from "../../../dialler/lookup/recentFinds";
import type { EndpointSettings } from "../../settings/endpointSettings";
import type { LivePreferences } from "../../settings/preferences";
import type { TokenVault } from "../../settings/tokenVault";
import type { ActivityTree } from "../../view/activity/activityTree";
import type { ContactDocuments } from "../../view/document/contactDocument";
import type { ContactTree } from "../../view/list/contactTree";
import type { KeptView } from "../../view/list/keptView";
import type { ResultChannel } from "../../view/resultChannel";
import type { Ask } from "../ask/ask";
import type { ListKeys } from "./listKeys";
import type { Notify } from "./notify";
import type { ShowProgress } from "../progress/progress";

/** What commands that change contacts need. All of it exists without a window, so that unit tests can run a command. */
export interface ActingParts {
  readonly secrets: Secrets;
  /** A text as it may be shown and copied: without tokens, and masked if the mask is on. */
  readonly discreet: (text: string) => string;
  readonly preferences: Pick<LivePreferences, "now">;
  readonly store: ContactStore;
  readonly history: RunHistory;
  readonly documents: Pick<ContactDocuments, "showText">;
  readonly channel: Pick<ResultChannel, "say" | "revealAfter">;
  readonly ask: Ask;
  readonly progress: ShowProgress;
  readonly notify: Notify;
}

/** What commands need; `extension.ts` builds it. */
export interface Parts extends ActingParts {
  readonly preferences: LivePreferences;
  readonly endpoints: EndpointSettings;
  readonly vault: TokenVault;
  readonly connector: Connector;
  readonly follow: FollowEndpoint;
  readonly tree: ContactTree;
  readonly kept: KeptView;
  readonly activity: ActivityTree;
  readonly documents: ContactDocuments;
  readonly finds: RecentFinds;
  readonly keys: ListKeys;
  readonly channel: ResultChannel;
  /** False in Restricted Mode: then nothing is requested. */
  readonly isTrusted: () => boolean;
}
