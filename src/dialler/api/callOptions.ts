import type { ApiError } from "./http/apiError";
import type { RepeatControl } from "./repeat";

/** How a call can be cancelled. */
export interface ReadOptions {
  /** Aborts the request. A request that was sent may still be applied. */
  readonly signal?: AbortSignal | undefined;
}

/** How a call can be cancelled and repeated. Without a control it is repeated as its kind allows. */
export interface CallOptions extends ReadOptions {
  readonly control?: RepeatControl | undefined;
  /** Asks caches on the way for the server's own answer, which proves something. */
  readonly fresh?: boolean;
  /** Ends the request earlier than the setting does. */
  readonly withinMs?: number;
}

export interface ChangeOptions extends CallOptions {
  /** The contact was read a moment ago. */
  readonly wasJustRead?: boolean;
  /** The sentence for a failure, where the caller knows more than the error. */
  readonly explain?: ((error: ApiError) => string) | undefined;
}

export interface ImportOptions extends CallOptions {
  /** True: overwrites a contact with the same UserData. False: always creates a contact. */
  readonly overwriteDuplicates: boolean;
}
