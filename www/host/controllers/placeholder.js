// @ts-check
// What is seen before the figure, in its place: the poster, the page's own table, or that something
// is coming; and the height that is reserved for the figure.
import { address, boxOf } from "../dom.js";
import { HEIGHTS } from "reserved-height"; // of the entry's kinds: tools/dist.mjs
import { SHIPPED } from "../data-source.js";
import { t } from "../i18n.js";
import { applyStyles } from "../styles.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Template } from '../template.js' */

const SHOW_TABLE_MS = 600; // a figure that comes until then is worth no table before it
// Cells of a table: laying out more holds up the page, for the moment until the figure comes.
const MAX_CELLS = 400;
const LATE_MS = 4000; // then readers get what there is, in words

// States, one after the other.
const NEW = 0; // not connected yet
const LOADING = 1; // the page's own table is not laid out
const SCHEDULED = 2; // it will be, unless the figure comes before
const TABLE = 3; // the figure takes its time, or the table was seen before: it is shown
const REVEALED = 4; // the figure has come

// True if first paint may already have happened: paint entries arrive late, but a render-blocking
// script runs before it.
const mayBePainted = () => {
  const [script] = /** @type {any[]} */ (
    performance.getEntriesByName(import.meta.url)
  );
  return (
    performance.getEntriesByType("paint").length > 0 ||
    script?.renderBlockingStatus === "non-blocking"
  );
};

export class PlaceholderController {
  /** @type {ControllerHost} */
  #host;
  /** @type {number} */
  #state = NEW;
  /** In px, of what was there before. */
  #height = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #lateTimer;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  // What has been painted already keeps its height.
  hostConnecting() {
    const { element, ui } = this.#host;
    if (this.#state === NEW) this.#state = mayBePainted() ? TABLE : LOADING;
    if (
      !ui &&
      this.#state === TABLE &&
      element.querySelector("table,[slot=poster]")
    )
      this.#height = element.getBoundingClientRect().height / boxOf(element).y;
  }

  /** @param {Template} ui */
  hostRendered({ loading, placeholder, poster }) {
    poster.addEventListener("error", () => {
      poster.hidden = true;
      loading.hidden = false;
      placeholder.classList.remove("own");
    });
  }

  hostDisconnected() {
    this.stopWaiting();
  }

  // Far from the reader nothing is fetched. The figure is laid out out of sight: what comes all at
  // once pushes nothing about.
  update() {
    const { element, opened, theme, ui } = this.#host;
    const { root, poster, placeholder, ownTable, loading } = ui;
    if (!this.active) return;
    this.#reserve();
    const image =
      opened &&
      element.poster &&
      address(element.poster, ["http:", "https:", "data:"]);
    if (image && poster.getAttribute("src") !== image) poster.src = image;
    poster.hidden = !image;
    const seen = !!image || !!element.querySelector(":scope > [slot=poster]");
    // A table that was seen before this code came stays. Where nothing has been seen yet, it is not
    // laid out for the moment until the figure comes.
    if (!seen && !ownTable.isConnected && element.querySelector("table")) {
      if (this.#state === TABLE) placeholder.append(ownTable);
      else if (
        this.#state === LOADING &&
        opened &&
        element.querySelectorAll("td").length < MAX_CELLS
      ) {
        this.#state = SCHEDULED;
        setTimeout(() => this.showTable(), SHOW_TABLE_MS);
      }
    }
    loading.textContent = t("loading", theme.lang);
    loading.hidden = seen || ownTable.isConnected;
    placeholder.classList.toggle("own", loading.hidden);
  }

  // The page's own table is shown until the figure comes.
  showTable() {
    if (this.#state !== REVEALED) this.#state = TABLE;
    this.update();
  }

  /** Whether the height for the figure is reserved. */
  get active() {
    return this.#host.ui.root.classList.contains("first");
  }

  #reserve() {
    const { data, element, kind, theme, ui } = this.#host;
    const { style } = ui.root;
    if (style.getPropertyValue("--room")) return;
    const px = this.#height || this.minHeight();
    const shipped =
      (element.src === SHIPPED && !data.given) ||
      (element.src.endsWith(`data/${kind}.json`) && !data.fromPage);
    const { shipped: own, other } = HEIGHTS[kind];
    const height = shipped && !element.table ? own(theme.lang !== "ko") : other;
    style.setProperty(
      "--room",
      px ? px + "px" : `calc(${height} + var(--edge,0px))`,
    );
  }

  // The height that the page keeps for the element, or 0.
  minHeight() {
    return parseFloat(getComputedStyle(this.#host.element).minHeight) || 0;
  }

  // The figure comes, whole, and takes the height that it needs: what was reserved is let go, more
  // or less than that. Only a `min-height` of the page stays.
  reveal() {
    const { element, ui } = this.#host;
    const { root, placeholder } = ui;
    if (this.#state === REVEALED) return;
    // A table in the figure's place fills its height, but never the window: a finger must find the
    // page beside it. In an iframe the height follows the figure.
    const px = parent === window && root.offsetHeight;
    if (px)
      root.style.setProperty("--table", `min(85vh,max(480px,${px - 160}px))`);
    // Whoever is past its beginning and reads what stands below keeps that place.
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 && bottom < innerHeight / 2) {
      const shadow = /** @type {ShadowRoot} */ (element.shadowRoot);
      applyStyles(shadow, true);
      // When it is laid out.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => applyStyles(shadow)),
      );
    }
    placeholder.hidden = true;
    this.#state = REVEALED;
    this.abandon();
  }

  // What failed reserves nothing either.
  abandon() {
    this.#host.ui.root.classList.remove("first");
  }

  waitForData() {
    this.stopWaiting();
    this.#lateTimer = setTimeout(() => this.#onLate(), LATE_MS);
  }

  stopWaiting() {
    clearTimeout(this.#lateTimer);
  }

  // Network or engine take their time: the reader gets the table meanwhile; the picture still comes
  // if it can.
  #onLate() {
    const { data, fallback, scene, status, ui, view } = this.#host;
    // A picture that nobody sees is not asked for: it is not late.
    if (scene || status.error || (data.loaded && !view.current)) return;
    status.reason ||= "slow";
    // Whoever reads the own table reads on.
    if (ui.ownTable.isConnected) view.resolveUpdate();
    else fallback.show("slow");
  }
}
