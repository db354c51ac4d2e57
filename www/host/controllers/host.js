// @ts-check
// What the controllers of one element share, and the order in which they hear of its life. The
// element keeps it in a private field: nothing of it can be reached from the page.
import { applyStyles } from "../styles.js";
import { buildTemplate } from "../template.js";
import { CanvasController } from "./canvas.js";
import { CaptionsController } from "./captions.js";
import { DataController } from "./data.js";
import { DownloadsController } from "./downloads.js";
import { ErrorsController } from "./errors.js";
import { FallbackController } from "./fallback.js";
import { FocusController } from "./focus.js";
import { KeyboardController } from "./keyboard.js";
import { MetadataController } from "./metadata.js";
import { PanelController } from "./panel.js";
import { PlaceholderController } from "./placeholder.js";
import { PointerController } from "./pointer.js";
import { PrintController } from "./print.js";
import { SceneController } from "./scene.js";
import { SelectionController } from "./selection.js";
import { SessionController } from "./session.js";
import { ThemeController } from "./theme.js";
import { TooltipController } from "./tooltip.js";
import { ViewController } from "./view.js";
import { VisibilityController } from "./visibility.js";

/** @import { FigureElement, Scene, Status } from '../types.d.ts' */
/** @import { AtlasEventMap } from '../public-types.d.ts' */
/** @import { Template } from '../template.js' */
/**
 * What a controller hears of the element, in the words of lit.
 * @typedef {object} Controller
 * @property {(ui: Template) => void} [hostRendered] The shadow DOM has been built: once.
 * @property {(signal: AbortSignal) => void} [hostConnected] The signal aborts when the element leaves the document.
 * @property {() => void} [hostDisconnected]
 */

export class ControllerHost {
  /**
   * Of one stay in the document: aborts every listener and observer. Null outside of it.
   * @type {AbortController | null}
   */
  abort = null;
  /** The engine was asked to draw this element. */
  opened = false;
  /** Something was thrown before there was a picture. */
  broken = false;
  /** @type {Scene | null} */
  scene = null;
  /** The first scene while its words are laid out and it has no picture. @type {Scene | null} */
  draft = null;
  /** Undefined before the first connection. @type {Template} */
  // @ts-ignore
  ui;

  /** @param {FigureElement} element */
  constructor(element) {
    this.element = element;
    this.kind = element.constructor.kind;
    this.canvas = new CanvasController(this);
    this.session = new SessionController(this);
    this.selection = new SelectionController(this);
    this.view = new ViewController(this);
    this.theme = new ThemeController(this);
    this.data = new DataController(this);
    this.placeholder = new PlaceholderController(this);
    this.captions = new CaptionsController(this);
    this.tooltip = new TooltipController(this);
    this.pointer = new PointerController(this);
    this.keyboard = new KeyboardController(this);
    this.focus = new FocusController();
    this.panel = new PanelController(this);
    this.downloads = new DownloadsController(this);
    this.metadata = new MetadataController(this);
    this.fallback = new FallbackController(this);
    this.errors = new ErrorsController(this);
    this.picture = new SceneController(this);
    this.print = new PrintController(this);
    this.visibility = new VisibilityController(this);
    /** @type {Controller[]} */
    this.controllers = [
      this.canvas,
      this.session,
      this.selection,
      this.view,
      this.theme,
      this.data,
      this.placeholder,
      this.tooltip,
      this.pointer,
      this.focus,
      this.panel,
      this.print,
      this.metadata,
      this.visibility,
    ];
  }

  /** @returns {Status} */
  get status() {
    return this.element.status;
  }

  // A move within the document disconnects and connects in one go: only what stays away is torn
  // down.
  connect() {
    if (this.abort) {
      this.theme.watchAncestors();
      return this.theme.readStyles();
    }
    this.placeholder.hostConnecting();
    if (!this.ui) this.#render();
    this.abort = new AbortController();
    for (const one of this.controllers) one.hostConnected?.(this.abort.signal);
  }

  disconnect() {
    setTimeout(() => {
      if (this.element.isConnected || !this.abort) return;
      this.abort.abort();
      this.abort = null;
      this.opened = false;
      for (const one of this.controllers) one.hostDisconnected?.();
      this.session.detach();
    });
  }

  #render() {
    const shadow = this.element.attachShadow({ mode: "open" });
    applyStyles(shadow);
    this.ui = buildTemplate({
      canvas: this.canvas.create(),
      outline: this.keyboard.create(),
      controls: this.captions.createControls(),
      downloads: this.downloads.buttons(),
    });
    shadow.append(this.ui.root, this.ui.inherited);
    for (const one of this.controllers) one.hostRendered?.(this.ui);
  }

  /** @param {string} name @param {string | null} value */
  attributeChanged(name, value) {
    if (!this.abort) return;
    if (name === "selected") this.selection.share(value ?? "");
    // Attributes follow the engine, which has drawn them already.
    if (this.view.reflecting) return;
    if (name === "src") this.data.srcChanged();
    else if (name === "view") this.view.restoreAttribute();
    else if (name === "selected") this.view.requestUpdate();
    else if (name === "renderer") {
      this.session.sendRenderer();
      this.view.requestUpdate();
    } else this.theme.readStyles();
  }

  /**
   * @template {keyof AtlasEventMap} Type
   * @param {Type} type
   * @param {AtlasEventMap[Type]["detail"]} detail
   */
  emit(type, detail) {
    this.element.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true }),
    );
  }

  // What is thrown before there is a picture leaves no reader at «Loading…»: they get the table,
  // and the page an `error`.
  /** @param {() => any} run */
  guard(run) {
    const onThrow = (/** @type {any} */ error) => this.#onThrow(error);
    try {
      run()?.catch?.(onThrow);
    } catch (error) {
      onThrow(error);
    }
  }

  /** @param {any} error */
  #onThrow(error) {
    (globalThis.reportError ?? console.error)(error);
    this.view.current = 0;
    if (this.scene || this.broken) return this.view.resolveUpdate();
    this.broken = true;
    const reason = "" + (error?.message ?? error);
    if (!this.ui) return this.fallback.showBare(reason);
    try {
      this.placeholder.reveal();
    } catch {
      this.placeholder.abandon();
    }
    this.fallback.enter(reason);
    this.errors.report("engine", null, { reason });
  }
}
