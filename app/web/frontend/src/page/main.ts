import { at, h } from "../shared/dom";
at("main").append(h("p", {}, "…"));
