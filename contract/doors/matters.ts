import { ep, id } from "../endpoint.ts";
import * as matters from "../matters.ts";
import { READERS, STANDARD_SETTERS } from "./who.ts";

export const mattersDoors = {
  listMatters: ep({
    summary: "督办事项：在办的或已销号的，和督办中的计划目标",
    access: READERS,
    query: matters.MatterQuery,
    response: matters.MatterList,
  }),
  getMatter: ep({ summary: "一件督办事项", access: READERS, params: id, response: matters.MatterPage }),
  openMatter: ep({
    summary: "督办立项",
    access: STANDARD_SETTERS,
    body: matters.OpenMatter,
    response: matters.MatterPage,
  }),
  actOnMatter: ep({
    summary: "催办、反馈、退回、核查销号、通报",
    access: ["township", "county", "leader"],
    params: id,
    body: matters.MatterActRequest,
    response: matters.MatterPage,
  }),
  mattersOfEntry: ep({
    summary: "台账一条的督办事项",
    access: READERS,
    params: id,
    response: matters.MattersOfEntry,
  }),
};
