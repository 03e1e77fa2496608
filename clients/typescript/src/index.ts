import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { components, paths } from "./schema.js";

export type { components, operations, paths } from "./schema.js";

/** A client of Stowage: a method for each method of HTTP, typed by the paths of the API. */
export type StowageClient = Client<paths>;

/** The body of every error response. */
export type StowageError = components["schemas"]["Error"];

export interface StowageOptions extends Omit<ClientOptions, "baseUrl" | "bodySerializer" | "Request"> {
  /** The URL of the service, such as `https://files.example.com`. */
  url: string;
  /** An API key, or a token of the identity provider. */
  apiKey?: string;
}

/**
 * Creates a client. Its methods never throw for an error response: they return `error`, as the service sent it, and `response`.
 *
 * A body of bytes is sent as it is; its type is the `Content-Type` of the request, or that of the `Blob`, or else what the service guesses
 * from the file's name. An object with a `Blob` in it is sent as a form, whose files come last, so that the service need not buffer them.
 */
export function createStowageClient({ url, apiKey, headers, ...options }: StowageOptions): StowageClient {
  const untyped = new WeakSet<object>();
  return createClient<paths>({
    ...options,
    baseUrl: url,
    headers: apiKey === undefined ? headers : { ...plain(headers), Authorization: `Bearer ${apiKey}` },
    bodySerializer: (body: unknown, sent?: unknown) => {
      if (isBytes(body)) {
        if (!typeOf(sent)) {
          untyped.add(body);
        }
        return body;
      }
      return isForm(body) ? form(body) : JSON.stringify(body);
    },
    Request: requests(untyped),
  });
}

type Bytes = Blob | ArrayBuffer | ArrayBufferView | ReadableStream;

function isBytes(body: unknown): body is Bytes {
  return (
    body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body) || body instanceof ReadableStream
  );
}

/** A constructor of requests that does not call bytes without a type JSON, which is openapi-fetch's default. */
function requests(untyped: WeakSet<object>): typeof Request {
  return class extends Request {
    constructor(input: RequestInfo | URL, init: RequestInit = {}) {
      const { body } = init;
      const headers = new Headers(init.headers);
      if (typeof body === "object" && body !== null && untyped.has(body)) {
        headers.delete("Content-Type");
      }
      // A stream is sent while it is read, which fetch wants to be told.
      const streamed = body instanceof ReadableStream ? { duplex: "half" } : {};
      super(input, { ...init, headers, ...streamed } as RequestInit);
    }
  };
}

function typeOf(headers: unknown): string | null {
  return new Headers(headers as HeadersInit | undefined).get("Content-Type");
}

function plain(headers: ClientOptions["headers"]): Record<string, unknown> {
  return headers instanceof Headers || Array.isArray(headers)
    ? Object.fromEntries(headers as Iterable<[string, string]>)
    : { ...(headers as Record<string, unknown> | undefined) };
}

function isForm(body: unknown): body is Record<string, unknown> {
  return (
    typeof body === "object" &&
    body !== null &&
    Object.values(body).some((value) => [value].flat().some((one) => one instanceof Blob))
  );
}

function form(body: Record<string, unknown>): FormData {
  const data = new FormData();
  const fields = Object.entries(body).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  for (const [name, value] of fields.filter(([, value]) => !(value instanceof Blob))) {
    if (value !== undefined && value !== null) {
      data.append(name, String(value));
    }
  }
  for (const [name, value] of fields) {
    if (value instanceof Blob) {
      data.append(name, value);
    }
  }
  return data;
}
