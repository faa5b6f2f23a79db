/** What an endpoint is, and the parameters that many of them have. */
import type { Role as RoleName } from "@wuxin/declare";
import { z } from "zod";
import { AnyId, CountyCode } from "./common.ts";

export interface Endpoint {
  readonly summary: string;
  /** `own`: whoever is logged in, outside parties too; `session`: whoever is of the house, and residents. */
  readonly access: "public" | "own" | "session" | readonly RoleName[];
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** `multipart`: one file; `binary`: the reply is a file, not JSON. */
  readonly upload?: true;
  /** The file is handed on as it comes, whatever its size. */
  readonly stream?: true;
  readonly binary?: true;
  /** What a stranger may try: few a minute and address. */
  readonly tries?: true;
  readonly response: z.ZodType;
}
export const ep = <const E extends Endpoint>(e: E): E => e;

export const id = z.object({ id: AnyId });
export const county = z.object({ county: CountyCode });
export const countyItem = z.object({ county: CountyCode, item: z.string().max(60) });
