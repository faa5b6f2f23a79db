import { z } from "zod";
import { AnyId, Id, IsoDate } from "../common.ts";
import { ep, id } from "../endpoint.ts";
import * as parties from "../parties.ts";
import { OUTSIDE, READERS } from "./who.ts";

export const partiesDoors = {
  partyDesk: ep({ summary: "本单位的事项", access: OUTSIDE, response: parties.PartyDesk }),
  getPartyItem: ep({
    summary: "交给本单位的一件事",
    access: OUTSIDE,
    params: id,
    response: parties.PartyItem,
  }),
  replyPartyItem: ep({
    summary: "答复",
    access: OUTSIDE,
    params: id,
    body: parties.ReplyPartyItem,
    response: parties.PartyItem,
  }),
  partyIdentity: ep({
    summary: "查看姓名和证件号（留痕）",
    access: OUTSIDE,
    params: id,
    response: z.array(parties.PartyLine),
  }),
  downloadPartyFile: ep({
    summary: "下载共享的文件（留痕）",
    access: OUTSIDE,
    params: id,
    binary: true,
    response: z.unknown(),
  }),
  deliverPartyFeed: ep({
    summary: "部门自己交数据文件",
    access: OUTSIDE,
    params: id,
    query: z.object({ id: Id, asOf: IsoDate.optional() }),
    upload: true,
    stream: true,
    response: parties.PartyItem,
  }),
  givenOf: ep({
    summary: "台账的一条告诉了哪些部门，他们怎么答复",
    access: READERS,
    params: z.object({ register: z.string().max(60), id: AnyId }),
    response: parties.GivenOf,
  }),
  listParties: ep({
    summary: "可以开账号的部门和机构",
    access: ["system_admin"],
    response: z.array(parties.PartyChoice),
  }),
};
