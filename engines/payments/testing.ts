/** The toy county, for the tests of engines that follow the money further. */
export { actor, allPaid, COUNTY, codeOf, openToyCounty, paidOn, TOWN } from "./toy-county.ts";
