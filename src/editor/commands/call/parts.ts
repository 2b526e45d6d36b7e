import type { Notify } from "./notify";
import type { ShowProgress } from "./progress";
import type { Secrets } from "../../../dialler/api/secrets";
import type { ContactStore } from "../../../dialler/list/contactStore";
import type { RecentFinds } from "../../../dialler/lookup/recentFinds";
import type { RunHistory } from "../../../dialler/journal/runHistory";
import type { Connector } from "../../../dialler/endpoint/connect";
import type { FollowEndpoint } from "../../../dialler/endpoint/followEndpoint";
import type { EndpointSettings } from "../../settings/endpointSettings";
import type { LivePreferences } from "../../settings/preferences";
import type { TokenVault } from "../../settings/tokenVault";
import type { ActivityTree } from "../../view/activity/activityTree";
import type { ContactDocuments } from "../../view/document/contactDocument";
import type { ContactTree } from "../../view/list/contactTree";
import type { ResultChannel } from "../../view/resultChannel";
import type { Ask } from "../ask/ask";

/** What acting on contacts works with. All of it can be had without a window, so that a test can drive the road. */
export interface ActingParts {
  readonly secrets: Secrets;
  /** A text as it may be shown and copied: without tokens, and as the mask wants it. */
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

/** What commands work with; `extension.ts` builds it. */
export interface Parts extends ActingParts {
  readonly preferences: LivePreferences;
  readonly endpoints: EndpointSettings;
  readonly vault: TokenVault;
  readonly connector: Connector;
  readonly follow: FollowEndpoint;
  readonly tree: ContactTree;
  readonly activity: ActivityTree;
  readonly documents: ContactDocuments;
  readonly finds: RecentFinds;
  readonly channel: ResultChannel;
  /** False in Restricted Mode: then nothing is requested. */
  readonly isTrusted: () => boolean;
}
