import type { Secrets } from "../api/secrets";
import type { ContactStore } from "../contacts/contactStore";
import type { RecentFinds } from "../contacts/recentFinds";
import type { RunHistory } from "../contacts/runHistory";
import type { Connector } from "../endpoint/connect";
import type { FollowEndpoint } from "../endpoint/followEndpoint";
import type { EndpointSettings } from "../settings/endpointSettings";
import type { LivePreferences } from "../settings/preferences";
import type { TokenVault } from "../settings/tokenVault";
import type { ActivityTree } from "../view/activityTree";
import type { ContactDocuments } from "../view/contactDocument";
import type { ContactTree } from "../view/contactTree";
import type { ResultChannel } from "../view/resultChannel";
import type { Ask } from "./ask";

/** What commands work with; `extension.ts` builds it. */
export interface Parts {
  readonly secrets: Secrets;
  /** A text as it may be shown and copied: without tokens, and as the mask wants it. */
  readonly discreet: (text: string) => string;
  readonly preferences: LivePreferences;
  readonly endpoints: EndpointSettings;
  readonly vault: TokenVault;
  readonly connector: Connector;
  readonly follow: FollowEndpoint;
  readonly store: ContactStore;
  readonly tree: ContactTree;
  readonly history: RunHistory;
  readonly activity: ActivityTree;
  readonly documents: ContactDocuments;
  readonly finds: RecentFinds;
  readonly channel: ResultChannel;
  readonly ask: Ask;
  /** False in Restricted Mode: then nothing is requested. */
  readonly isTrusted: () => boolean;
}
