import type { SimulatorApp } from '../apps.ts';
import type { VisibleView } from '../corp/visible-scope.ts';
import type { ExportFlaw } from '../exports/export-service.ts';
import type { SimulatorState } from '../simulator-state.ts';

/** A call as handlers see it. */
export interface EndpointRequest {
  readonly state: SimulatorState;
  /** Query parameters; of a repeated one the first counts. */
  readonly query: ReadonlyMap<string, string>;
  /** The parsed JSON body of a POST, `{}` when it is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The caller's address as the server sees it. */
  readonly ip: string;
  /** Scheme and host that the caller used: addresses given in answers begin with it. */
  readonly origin: string;
  /** What an injected fault does to the export job that this call submits. */
  readonly exportFlaw: ExportFlaw | undefined;
}

/** A call with a valid token. */
export interface AppRequest extends EndpointRequest {
  readonly app: SimulatorApp;
  /** What the app may see. The contact-sync assistant sees the whole corp. */
  readonly view: VisibleView;
}

interface EndpointBase {
  /** The vendor's path below /cgi-bin, e.g. `user/list`. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** The empty arrays that a failure of this endpoint carries. */
  readonly emptyOnFailure: Readonly<Record<string, readonly never[]>>;
}

/** An endpoint that is called without a token. */
export interface OpenEndpoint extends EndpointBase {
  readonly access: 'open';
  answer(request: EndpointRequest): Record<string, unknown>;
}

/**
 * An endpoint that is called with a token. `anyToken` needs only the token; `app` refuses the contact-sync
 * assistant (48002); `signIn` also refuses a disabled app (50003); `contacts` needs an enabled app with
 * contact rights; `contactDetails` also refuses the contact-sync assistant from new addresses (48009, rule
 * B).
 */
export interface AppEndpoint extends EndpointBase {
  readonly access: 'anyToken' | 'app' | 'signIn' | 'contacts' | 'contactDetails';
  /** Gives the body without errcode and errmsg; throws a VendorError. */
  answer(request: AppRequest): Record<string, unknown>;
}

/** One vendor endpoint. */
export type Endpoint = OpenEndpoint | AppEndpoint;
