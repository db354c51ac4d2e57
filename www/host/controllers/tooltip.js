// @ts-check
// The tooltip of a row: beside its mark, or as a sheet at the foot of a small screen. Pinned ones
// stay and can be read by keyboard.
import { fillTooltip, placeBeside } from "../tooltip-content.js";
import { boxOf, say } from "../dom.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Template } from '../template.js' */
/** @import { Anchor, Tooltip } from '../types.d.ts' */

const SHEET_BELOW_PX = 480;
// `innerWidth` would lay the page out.
const smallScreen = matchMedia(`(width < ${SHEET_BELOW_PX}px)`);
// The end of a tall iframe is nowhere near the reader.
const asSheet = () => smallScreen.matches && parent === window;

export class TooltipController {
  /** @type {ControllerHost} */
  #host;
  /** The mark that it belongs to. @type {Anchor | null | undefined} */
  anchor;
  pinned = false;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {Template} ui */
  hostRendered({ tooltip }) {
    tooltip.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.hide();
    });
    tooltip.addEventListener("focusout", (event) => {
      if (event.relatedTarget) this.#host.keyboard.onBlur(event);
    });
  }

  /** @param {number} datum @param {boolean} pin */
  request(datum, pin) {
    const { keyboard, session, theme } = this.#host;
    this.anchor = keyboard.outline.get(datum);
    this.pinned = pin;
    const seq = session.nextSeq();
    session.send({ type: "tooltip", seq, datum, lang: theme.lang });
  }

  /** @param {Tooltip} content @param {boolean} [pin] */
  show(content, pin = this.pinned) {
    const { focus, theme, ui } = this.#host;
    const node = ui.tooltip;
    // What was asked for is said; its relations and sources are there to be read.
    if (pin && (node.hidden || !node.classList.contains("pin"))) {
      const { title, value, share, date, status, note } = content;
      const words = [title, value, share, date, status?.join(", "), note];
      say(ui.live, words.filter(Boolean).join(". "));
    }
    this.pinned = pin;
    node.setAttribute("aria-label", content.title ?? "");
    fillTooltip(node, content, theme.lang, () => this.hide());
    node.hidden = false;
    node.classList.toggle("pin", !!pin);
    const stillThere = focus.takeMark();
    // Tab leads to it.
    if (pin && stillThere) focus.setTabStop(node.querySelector(".x"));
    this.#place(node);
  }

  /** @param {HTMLElement} node */
  #place(node) {
    const { theme, ui } = this.#host;
    const { figure, stage } = ui;
    const sheet = asSheet();
    node.classList.toggle("sheet", sheet);
    node.style.translate = "";
    // The top layer: no ancestor of the page can clip or trap the sheet.
    if (sheet && node.showPopover) {
      node.popover = "manual";
      if (!node.matches(":popover-open")) node.showPopover();
      // A zoom reaches it there, a transform does not.
      node.style.setProperty("--tooltip-scale", `${boxOf(node).y}`);
      return;
    }
    node.removeAttribute("popover");
    const box = boxOf(figure);
    node.style.setProperty("--tooltip-scale", `${box.y}`);
    const { x = 0, y = 0, w = 0, h = 0 } = this.anchor ?? {};
    const scale = theme.textScale;
    placeBeside(
      node,
      {
        x: x * scale + stage.offsetLeft,
        y: y * scale + stage.offsetTop,
        w: w * scale,
        h: h * scale,
      },
      {
        top: box.top / box.y,
        height: innerHeight / box.y,
        width: figure.offsetWidth,
      },
    );
  }

  hide() {
    const { element, keyboard, session, ui } = this.#host;
    const { tooltip } = ui;
    const focused = element.shadowRoot?.activeElement ?? null;
    const hadFocus = tooltip.contains(focused);
    this.pinned = false;
    tooltip.removeAttribute("popover");
    tooltip.hidden = true;
    if (!hadFocus) return;
    keyboard.outline.focus(this.anchor?.datum); // back to its mark, which asks for the tooltip
    session.nextSeq(); // whose answer comes too late
  }
}
