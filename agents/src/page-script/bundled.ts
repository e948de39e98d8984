/* eslint-disable max-lines -- as long as the scripts are */
// Generated from the other files of this folder by `npm run generate`; do not edit.
// Each declares `pageScript`, which has what its entry exports.

/** Of collect.ts. */
export const COLLECT = String.raw`"use strict";
var pageScript = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  var collect_exports = {};
  __export(collect_exports, {
    collectPage: () => collectPage
  });

  function of(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === "function" ? value.bind(node) : value;
  }

  function collectMetadata(doc) {
    const jsonLd = [];
    let room = 512 * 1024;
    for (const script of Array.from(
      of(doc, "querySelectorAll")('script[type="application/ld+json"]')
    )) {
      const text = script.textContent || "";
      if (jsonLd.length >= 50 || text.length > room) break;
      room -= text.length;
      if (text.trim()) jsonLd.push(text);
    }
    const meta = {};
    let entries = 0;
    for (const tag of Array.from(of(doc, "querySelectorAll")("meta"))) {
      const name = tag.getAttribute("property") || tag.getAttribute("name") || "";
      const content = tag.getAttribute("content") || "";
      if (!/^[\w:.-]{1,100}$/.test(name) || name === "__proto__") continue;
      if (content && !(name in meta) && ++entries <= 150) {
        meta[name] = content.slice(0, 1e3);
      }
    }
    return { jsonLd, meta };
  }
  function serializeDocument(doc, shadowRoots) {
    const root = of(doc, "documentElement");
    const shell = root.cloneNode(false).outerHTML;
    const end = shell.lastIndexOf("</");
    const inner = typeof root.getHTML === "function" ? root.getHTML({ serializableShadowRoots: true, shadowRoots }) : root.innerHTML;
    const doctype = of(doc, "doctype");
    const type = doctype ? "<!DOCTYPE ".concat(doctype.name, ">\n") : "";
    const whole = type + (end < 0 ? shell + inner : shell.slice(0, end) + inner + shell.slice(end));
    return wellFormed(whole);
  }
  function wellFormed(text) {
    return text.replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      "\uFFFD"
    );
  }

  function newOutput(options) {
    return {
      parts: [],
      length: 0,
      runs: [],
      hidden: [],
      shadowRoots: [],
      maxText: options.maxText,
      maxRuns: options.maxRuns,
      maxElements: options.maxElements,
      until: performance.now() + (options.maxMs || Infinity),
      elements: 0,
      groundChecks: 0,
      coverChecks: 0,
      coverMs: 0,
      hasMedia: false,
      passwordFields: 0,
      truncated: false,
      space: false,
      lineBreak: false,
      boundary: ""
    };
  }
  function pushHidden(out, text) {
    const line = text.replace(/\s+/g, " ").trim();
    if (line && out.hidden.length < 300) out.hidden.push(line.slice(0, 300));
  }
  function readableText(node) {
    const type = of(node, "nodeType");
    if (type === Node.TEXT_NODE) return node.data;
    if (type !== Node.ELEMENT_NODE) return "";
    if (/^(script|style|template)$/.test(of(node, "localName")))
      return "";
    const texts = [];
    const owner = of(node, "ownerDocument");
    const walker = of(owner, "createTreeWalker")(node, NodeFilter.SHOW_TEXT);
    for (let at = walker.nextNode(); at && texts.length < 500; at = walker.nextNode()) {
      const parent = of(at, "parentElement");
      const tag = parent ? of(parent, "localName") : "";
      if (!/^(script|style|template)$/.test(tag)) {
        texts.push(at.data);
      }
    }
    return texts.join(" ");
  }
  function collapseWhitespace(raw, whiteSpace) {
    const text = raw.replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u00ad\u200b\u2060\ufeff]/g,
      ""
    );
    if (/^(pre|pre-wrap|break-spaces)/.test(whiteSpace)) {
      return text.replace(/\r\n?/g, "\n");
    }
    if (/^pre-line/.test(whiteSpace)) {
      return text.replace(/[ \t]*\r?\n[ \t]*/g, "\n").replace(/[ \t]+/g, " ");
    }
    return text.replace(/[ \t\r\n]+/g, " ");
  }
  function separatorFor(out, text, rects, fontSize) {
    const last = out.last;
    if (!last) return "";
    if (out.lineBreak) return "\n";
    const first = rects[0];
    const shared = Math.min(last.rect.y + last.rect.height, first.y + first.height) - Math.max(last.rect.y, first.y);
    const gap = first.x - (last.rect.x + last.rect.width);
    const beside = shared > 0.5 * Math.min(last.rect.height, first.height) && gap > -2;
    const em = Math.max(last.fontSize, fontSize);
    const words = last.endsWord && /^[\p{L}\p{N}]/u.test(text);
    if (out.boundary) {
      if (!beside) return "\n";
      if (out.boundary === "cell") return "	";
      if (gap > 1.2 * em) return "\n";
      return gap > (words ? 0.5 : 0.25 * em) ? " " : "";
    }
    if (out.space) return " ";
    return beside && gap > 0.15 * em ? " " : "";
  }
  function appendRun(out, separator, text, rects, fontSize, rest) {
    const whole = wellFormed(text);
    if (!whole) return;
    if (out.runs.length >= out.maxRuns || out.length + separator.length + whole.length > out.maxText) {
      out.truncated = true;
      return;
    }
    const left = Math.min(...rects.map((rect) => rect.x));
    const top = Math.min(...rects.map((rect) => rect.y));
    const right = Math.max(...rects.map((rect) => rect.x + rect.width));
    const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
    const round = (value) => Math.round(value * 10) / 10;
    const start = out.length + separator.length;
    out.parts.push(separator, whole);
    out.length = start + whole.length;
    out.runs.push({
      start,
      end: out.length,
      box: {
        x: round(left),
        y: round(top),
        width: round(right - left),
        height: round(bottom - top)
      },
      ...rest
    });
    out.last = {
      rect: rects[rects.length - 1],
      fontSize,
      endsWord: /[\p{L}\p{N}]$/u.test(whole)
    };
    out.space = false;
    out.lineBreak = false;
    out.boundary = "";
  }

  function rootContext(win) {
    const root = of(win.document, "documentElement");
    const body = of(win.document, "body") || root;
    const fixedWidth = /hidden|clip/.test(
      win.getComputedStyle(root).overflowX + win.getComputedStyle(body).overflowX
    );
    return {
      win,
      prefixes: [""],
      dx: win.scrollX,
      dy: win.scrollY,
      pageRight: fixedWidth ? win.innerWidth : Math.max(win.innerWidth, root.scrollWidth),
      visible: true,
      opacity: 1,
      facing: 1,
      struck: false,
      struckTag: false,
      ariaHidden: false,
      gradientText: false,
      href: "",
      places: /* @__PURE__ */ new WeakMap(),
      background: { r: 255, g: 255, b: 255, a: 1 }
    };
  }
  function toPageRect(rect, context) {
    return {
      x: rect.left + context.dx,
      y: rect.top + context.dy,
      width: rect.width,
      height: rect.height
    };
  }
  function intersect(a, b) {
    if (!a || !b) return a || b;
    const x = Math.max(a.x, b.x);
    const y = Math.max(a.y, b.y);
    return {
      x,
      y,
      width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
      height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y)
    };
  }
  function visibleShare(rects, context) {
    const page = { x: 0, y: 0, width: context.pageRight, height: 1e7 };
    const clip = intersect(context.clip, page);
    let all = 0;
    let seen = 0;
    for (const rect of rects) {
      const part = intersect(rect, clip);
      all += rect.width * rect.height;
      seen += part.width * part.height;
    }
    return all > 0 ? seen / all : 0;
  }
  function clipArea(element, style, parent) {
    const base = style.position === "fixed" ? parent.fixedClip : style.position === "absolute" ? parent.absoluteClip : parent.clip;
    let own = base;
    const top = /^(html|body)$/.test(of(element, "localName"));
    const inline = style.display === "inline" || style.display === "contents";
    if (!top && !inline && style.overflow !== "visible") {
      const rect = toPageRect(of(element, "getBoundingClientRect")(), parent);
      const hides = (value) => /^(hidden|clip)$/.test(value);
      const far = 1e6;
      const area = {
        x: hides(style.overflowX) ? rect.x : rect.x - far,
        y: hides(style.overflowY) ? rect.y : rect.y - far,
        width: hides(style.overflowX) ? rect.width : 2 * far,
        height: hides(style.overflowY) ? rect.height : 2 * far
      };
      const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
      const empty = rect.width < 2 || rect.height < 2;
      const seen = intersect(base, rect);
      if (empty) own = intersect(base, rect);
      else if (scrolls && seen.width > 1 && seen.height > 1) own = area;
      else own = intersect(base, area);
    }
    const holds = style.position !== "static" || style.transform !== "none";
    return {
      clip: own,
      absoluteClip: holds ? own : parent.absoluteClip,
      fixedClip: style.transform !== "none" ? own : parent.fixedClip
    };
  }
  function opacityOf(style) {
    const filter = /\bopacity\(([\d.]+)(%?)\)/.exec(style.filter);
    const share = filter ? Number(filter[1]) / (filter[2] ? 100 : 1) : 1;
    return Number(style.opacity || 1) * share;
  }
  function turnOf(style) {
    const matrix = /^matrix3d\((.+)\)$/.exec(style.transform);
    return matrix && Number(matrix[1].split(",")[10]) < 0 ? -1 : 1;
  }
  function clippedAway(style) {
    const path = style.clipPath;
    if (/^inset\((?:5\d|[6-9]\d|100)(?:\.\d+)?%/.test(path)) return true;
    if (/^(circle|ellipse)\(0(px|%)?[\s)]/.test(path)) return true;
    if (/^polygon\((0(px|%)? 0(px|%)?(, )?)+\)$/.test(path)) return true;
    const clip = /^rect\((.+)\)$/.exec(style.clip);
    if (!clip || !/absolute|fixed/.test(style.position)) return false;
    const [top, right, bottom, left] = clip[1].split(/[ ,]+/).map(parseFloat);
    return right - left <= 1 || bottom - top <= 1;
  }
  function maskedAway(style) {
    const get = (name) => style.getPropertyValue(name) || style.getPropertyValue("-webkit-".concat(name));
    const image = get("mask-image");
    if (!image || image === "none") return false;
    if (/^0(px|%)?( 0(px|%)?)?$/.test(get("mask-size"))) return true;
    if (!/^(repeating-)?(linear|radial|conic)-gradient\(/.test(image))
      return false;
    if (/url\(|image-set\(|element\(/.test(image)) return false;
    const colours = image.match(
      /\b(?:rgba?|hsla?|color|oklch|oklab|lab|lch)\([^()]*\)/g
    );
    return Boolean(
      colours && colours.every((each) => /^rgba\(.*, 0\)$/.test(each))
    );
  }
  function parseColour(text) {
    const match = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(
      text
    );
    if (!match) return void 0;
    return {
      r: Number(match[1]),
      g: Number(match[2]),
      b: Number(match[3]),
      a: match[4] === void 0 ? 1 : Number(match[4])
    };
  }
  function colourDistance(a, b) {
    return Math.abs(a.r - b.r) + Math.abs(a.g - b.g) + Math.abs(a.b - b.b);
  }
  function overlay(below, style) {
    if (style.backgroundImage !== "none" || style.backdropFilter !== "none") {
      return void 0;
    }
    const colour = parseColour(style.backgroundColor);
    if (!colour) return void 0;
    if (colour.a === 0) return below;
    if (colour.a === 1) return colour;
    if (!below) return void 0;
    const mix = (top, bottom) => Math.round(top * colour.a + bottom * (1 - colour.a));
    return {
      r: mix(colour.r, below.r),
      g: mix(colour.g, below.g),
      b: mix(colour.b, below.b),
      a: 1
    };
  }
  function nameAmongSiblings(element, context) {
    const { places } = context;
    const parent = of(element, "parentNode");
    if (!places.has(element) && parent) {
      const counts2 = /* @__PURE__ */ new Map();
      const siblings = Array.from(of(parent, "children"));
      for (const sibling of siblings) {
        const name2 = of(sibling, "localName");
        counts2.set(name2, (counts2.get(name2) || 0) + 1);
        places.set(sibling, [counts2.get(name2), counts2]);
      }
    }
    const name = of(element, "localName");
    const [place, counts] = places.get(element) || [1, void 0];
    return (counts && counts.get(name) || 1) > 1 ? "".concat(name, ":nth-of-type(").concat(place, ")") : name;
  }
  function cssPath(element, context) {
    const names = [];
    let at = element;
    while (at && names.length < 40) {
      const id = of(at, "id");
      if (/^[A-Za-z][\w-]{0,60}$/.test(id)) {
        const root = of(at, "getRootNode")();
        if (of(root, "querySelectorAll")("#".concat(id)).length === 1) {
          names.unshift("#".concat(id));
          break;
        }
      }
      names.unshift(nameAmongSiblings(at, context));
      at = of(at, "parentElement");
    }
    const prefix = context.prefixes[context.prefixes.length - 1] || "";
    return (prefix + names.join(" > ")).slice(0, 1e3);
  }

  function blendsIn(element, style, rect, context, out) {
    if (context.gradientText) return false;
    const fill = style.getPropertyValue("-webkit-text-fill-color");
    const colour = parseColour(fill || style.color);
    if (!colour) return false;
    const stroke = parseFloat(
      style.getPropertyValue("-webkit-text-stroke-width")
    );
    if (stroke > 0) return false;
    if (colour.a < 0.05) return style.textShadow === "none";
    if (!context.background || style.textShadow !== "none") return false;
    if (colourDistance(colour, context.background) > 12) return false;
    return !standsOnSomething(element, rect, context, out);
  }
  function standsOnSomething(element, rect, context, out) {
    if (context.win !== window || ++out.groundChecks > 40) return false;
    const stack = stackAt(rect);
    const own = parseColour(window.getComputedStyle(element).color);
    const ground = stack.some((other) => {
      if (of(other, "contains")(element)) return false;
      if (/^(img|video|canvas|svg|picture|iframe|object)$/.test(
        of(other, "localName")
      ))
        return true;
      const style = window.getComputedStyle(other);
      if (style.backgroundImage !== "none") return true;
      const colour = parseColour(style.backgroundColor);
      return Boolean(
        own && colour && colour.a > 0.3 && colourDistance(own, colour) > 12
      );
    });
    return ground;
  }
  function stackAt(rect) {
    const from = window.scrollY;
    const middle = rect.y + rect.height / 2;
    const inSight = middle > from && middle < from + window.innerHeight;
    if (!inSight)
      window.scrollTo({
        top: middle - window.innerHeight / 2,
        behavior: "instant"
      });
    const stack = of(document, "elementsFromPoint")(
      rect.x + rect.width / 2 - window.scrollX,
      middle - window.scrollY
    );
    if (!inSight) window.scrollTo({ top: from, behavior: "instant" });
    return stack;
  }
  function isCovered(element, rect, context, out) {
    if (context.win !== window || of(element, "getRootNode")() !== document)
      return false;
    if (++out.coverChecks > 150 || out.coverMs > 2e3) return false;
    const from = performance.now();
    const stack = stackAt(rect);
    out.coverMs += performance.now() - from;
    const place = stack.indexOf(element);
    return stack.slice(0, Math.max(0, place)).some((other) => !of(element, "contains")(other) && isOpaque(other));
  }
  function isOpaque(element) {
    const style = window.getComputedStyle(element);
    const colour = parseColour(style.backgroundColor);
    if (!colour || colour.a < 0.95) return false;
    for (let at = element; at; at = of(at, "parentElement")) {
      const outer = window.getComputedStyle(at);
      if (/fixed|sticky/.test(outer.position)) return false;
      if (Number(outer.opacity) < 0.95) return false;
    }
    return true;
  }

  function collectPage(options) {
    const out = newOutput(options);
    const root = of(document, "documentElement");
    const body = of(document, "body");
    visitNode(root, rootContext(window), out, 0);
    const metadata = collectMetadata(document);
    return {
      text: out.parts.join(""),
      html: serializeDocument(document, out.shadowRoots),
      title: of(document, "title").slice(0, 500),
      lang: (root.getAttribute("lang") || "").slice(0, 35),
      layout: {
        viewport: { width: window.innerWidth, height: window.innerHeight },
        pageHeight: Math.max(
          root.scrollHeight,
          body ? of(body, "scrollHeight") : 0
        ),
        runs: out.runs,
        jsonLd: metadata.jsonLd,
        meta: metadata.meta,
        hiddenText: out.hidden
      },
      hasMedia: out.hasMedia,
      passwordFields: out.passwordFields,
      truncated: out.truncated
    };
  }
  function visitNode(node, context, out, depth) {
    if (out.truncated) return;
    const type = of(node, "nodeType");
    if (type === Node.TEXT_NODE) {
      visitText(node, context, out);
    } else if (type === Node.COMMENT_NODE) {
      pushHidden(out, node.data);
    } else if (type === Node.ELEMENT_NODE) {
      const late = out.elements % 32 === 0 && performance.now() > out.until;
      if (++out.elements > out.maxElements || depth > 1500 || late) {
        out.truncated = true;
        return;
      }
      visitElement(node, context, out, depth);
    }
  }
  function visitElement(element, parent, out, depth) {
    const tag = of(element, "localName");
    if (/^(script|style|template|head|title|meta|link|base)$/.test(tag)) return;
    if (tag === "noscript") {
      pushHidden(out, (element.textContent || "").replace(/<[^>]*>/g, " "));
      return;
    }
    if (tag === "br") {
      out.lineBreak = true;
      return;
    }
    const style = parent.win.getComputedStyle(element);
    const context = enter(element, style, parent);
    if (!context) {
      pushHidden(out, readableText(element));
      return;
    }
    noteMedia(element, context, out);
    const block = !/^(inline|contents|ruby)$/.test(style.display);
    if (block) out.boundary = tag === "td" || tag === "th" ? "cell" : "block";
    visitGenerated(element, "::before", context, out);
    visitChildren(element, context, out, depth);
    visitGenerated(element, "::after", context, out);
    if (block && out.boundary !== "cell") out.boundary = "block";
  }
  function visitChildren(element, context, out, depth) {
    const tag = of(element, "localName");
    if (tag === "iframe" || tag === "frame") {
      visitFrame(element, context, out, depth);
      return;
    }
    if (tag === "input" || tag === "select" || tag === "textarea") {
      visitField(element, context, out);
      return;
    }
    let children = of(element, "childNodes");
    let inner = context;
    const shadow = of(element, "shadowRoot");
    if (shadow) {
      out.shadowRoots.push(shadow);
      children = shadow.childNodes;
      inner = {
        ...context,
        prefixes: [...context.prefixes, "".concat(cssPath(element, context), " >>> ")]
      };
    } else if (tag === "slot") {
      const assigned = element.assignedNodes();
      if (assigned.length > 0) {
        children = assigned;
        inner = { ...context, prefixes: context.prefixes.slice(0, -1) };
      }
    }
    const closed = tag === "details" && !element.open;
    const summary = closed ? element.querySelector(":scope > summary") : null;
    for (const child of Array.from(children)) {
      if (closed && child !== summary) {
        pushHidden(out, readableText(child));
      } else {
        visitNode(child, inner, out, depth + 1);
      }
    }
  }
  function visitFrame(frame, context, out, depth) {
    let inner = null;
    try {
      inner = frame.contentDocument;
    } catch {
      inner = null;
    }
    const root = inner && of(inner, "documentElement");
    const view = inner && of(inner, "defaultView");
    if (!root || !view) return;
    const rect = frame.getBoundingClientRect();
    const place = toPageRect(rect, context);
    visitNode(
      root,
      {
        ...context,
        win: view,
        prefixes: [...context.prefixes, "".concat(cssPath(frame, context), " >>> ")],
        dx: context.dx + rect.left + frame.clientLeft,
        dy: context.dy + rect.top + frame.clientTop,
        clip: intersect(context.clip, place),
        absoluteClip: intersect(context.clip, place),
        fixedClip: intersect(context.clip, place)
      },
      out,
      depth + 1
    );
  }
  function visitField(field, context, out) {
    let text = "";
    if (field.localName === "select") {
      const chosen = field.selectedOptions[0];
      text = chosen ? chosen.textContent || "" : "";
    } else if (/^(submit|button|reset)$/.test(field.type)) {
      text = field.value;
    } else if (field.type === "password") {
      out.passwordFields++;
    }
    const rect = toPageRect(field.getBoundingClientRect(), context);
    if (text.trim() && context.visible && visibleShare([rect], context) > 0.3) {
      emit(text.trim(), [rect], field, context, out);
    }
  }
  function visitGenerated(element, which, context, out) {
    const style = context.win.getComputedStyle(element, which);
    const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(style.content);
    if (!quoted || !context.visible) return;
    const text = quoted[1].replace(/\\(.)/g, "$1");
    const readable = /[\p{L}\p{N}\p{Sc}%/]/u.test(text) && !/\p{Co}/u.test(text);
    if (!readable || style.visibility !== "visible") return;
    if (style.display === "none" || Number(style.opacity) < 0.05) return;
    if (style.position === "absolute" || style.position === "fixed") return;
    const rect = toPageRect(of(element, "getBoundingClientRect")(), context);
    if (visibleShare([rect], context) < 0.3) return;
    emit(text, [rect], element, context, out);
  }
  function visitText(node, context, out) {
    const raw = node.data;
    if (!/\S/.test(raw)) {
      if (raw) out.space = true;
      return;
    }
    const element = of(node, "parentElement") || node.getRootNode().host;
    const range = of(of(node, "ownerDocument"), "createRange")();
    range.selectNodeContents(node);
    const rects = Array.from(range.getClientRects()).filter((rect) => rect.width > 0 && rect.height > 0).map((rect) => toPageRect(rect, context));
    const style = context.win.getComputedStyle(element);
    const seen = context.visible && rects.length > 0 && parseFloat(style.fontSize) >= 2 && visibleShare(rects, context) >= 0.3 && !blendsIn(element, style, rects[0], context, out) && !(raw.length < 80 && /\d/.test(raw) && isCovered(element, rects[0], context, out));
    if (!seen) {
      pushHidden(out, raw);
      return;
    }
    const text = collapseWhitespace(raw, style.whiteSpace);
    if (/^\s/.test(text)) out.space = true;
    emit(text.replace(/^ +| +$/g, ""), rects, element, context, out, style);
    if (/\s$/.test(text)) out.space = true;
  }
  function emit(text, rects, element, context, out, known) {
    const style = known || context.win.getComputedStyle(element);
    const fontSize = parseFloat(style.fontSize) || 0;
    const separator = separatorFor(out, text, rects, fontSize);
    appendRun(out, separator, text, rects, fontSize, {
      selector: cssPath(element, context),
      fontSize: Math.round(fontSize * 10) / 10,
      bold: Number(style.fontWeight) >= 600,
      struck: context.struck,
      tag: of(element, "localName"),
      ...context.href ? { href: context.href } : {},
      ...context.ariaHidden ? { ariaHidden: true } : {}
    });
  }
  function enter(element, style, parent) {
    if (style.display === "none") return void 0;
    const opacity = parent.opacity * opacityOf(style);
    const facing = parent.facing * turnOf(style);
    if (opacity < 0.05) return void 0;
    if (style.display !== "contents") {
      if (style.getPropertyValue("content-visibility") === "hidden") {
        return void 0;
      }
      if (clippedAway(style) || maskedAway(style)) return void 0;
      if (facing < 0 && style.backfaceVisibility === "hidden") return void 0;
    }
    const struckTag = /^(del|s|strike)$/.test(of(element, "localName"));
    const lined = /line-through/.test(style.textDecorationLine);
    const apart = /^(absolute|fixed)$/.test(style.position) || /^inline-/.test(style.display) || style.float !== "none";
    const link = of(element, "localName") === "a" ? element.href : "";
    return {
      ...parent,
      ...clipArea(element, style, parent),
      opacity,
      facing,
      visible: style.visibility === "visible",
      struck: struckTag || lined || parent.struck && (parent.struckTag || !apart),
      struckTag: struckTag || parent.struckTag,
      ariaHidden: parent.ariaHidden || of(element, "getAttribute")("aria-hidden") === "true",
      href: typeof link === "string" && /^https?:/.test(link) ? link : parent.href,
      gradientText: /text/.test(style.getPropertyValue("-webkit-background-clip")) || parent.gradientText && style.backgroundImage === "none",
      background: overlay(parent.background, style)
    };
  }
  function noteMedia(element, context, out) {
    if (out.hasMedia || !/^(img|svg|canvas|video|picture|object|embed)$/.test(
      of(element, "localName")
    ))
      return;
    const rect = of(element, "getBoundingClientRect")();
    out.hasMedia = context.visible && rect.width >= 100 && rect.height >= 100;
  }
  return __toCommonJS(collect_exports);
})();`;

/** Of consent.ts. */
export const CONSENT = String.raw`"use strict";
var pageScript = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  var consent_exports = {};
  __export(consent_exports, {
    findLayer: () => findLayer,
    giveAnswers: () => giveAnswers,
    nextQuestions: () => nextQuestions,
    probe: () => probe,
    refuse: () => refuse,
    startLibrary: () => startLibrary
  });

  function of(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === "function" ? value.bind(node) : value;
  }

  function memory() {
    const key = /* @__PURE__ */ Symbol.for("agentworkloads.consent");
    const world = globalThis;
    return world[key] ??= {};
  }
  function startLibrary(AutoConsent, rules) {
    Reflect.set(AutoConsent.prototype, "start", () => void 0);
    const questions = [];
    const send = (message) => {
      if (message.type === "eval") {
        questions.push({ id: message.id, code: message.code });
        memory().consent?.wake?.();
      }
      return Promise.resolve();
    };
    const library = new AutoConsent(
      send,
      {
        enabled: true,
        autoAction: null,
        enablePrehide: false,
        enableCosmeticRules: false,
        enableGeneratedRules: true,
        heuristicMode: "tier2",
        logs: {}
      },
      { autoconsent: [], compact: rules }
    );
    memory().consent = { library, questions };
  }
  async function findLayer() {
    const state = memory().consent;
    if (!state) return "not started";
    state.found = void 0;
    state.library.state.findCmpAttempts = 1;
    for (const cmp of await state.library.findCmp(0)) {
      if (!await cmp.detectPopup().catch(() => false)) continue;
      state.found = cmp;
      return { name: cmp.name };
    }
    return void 0;
  }
  async function refuse() {
    const found = memory().consent?.found;
    if (!found || /^HEURISTIC-(?!REJECT)/.test(found.name)) return false;
    return found.optOut();
  }
  async function nextQuestions() {
    const state = memory().consent;
    if (!state) return [];
    if (state.questions.length === 0)
      await new Promise((done) => {
        state.wake = done;
        setTimeout(done, 250);
      });
    return state.questions.splice(0);
  }
  function giveAnswers(answers) {
    const library = memory().consent?.library;
    for (const [id, result] of answers)
      void library?.receiveMessageCallback({ type: "evalResp", id, result });
  }
  function boxOver(from) {
    let box;
    for (let at = from; at; at = of(at, "parentNode")) {
      if (at instanceof ShadowRoot) {
        box = boxOver(at.host) ?? box;
        break;
      }
      if (!(at instanceof Element)) continue;
      const modal = of(at, "getAttribute")("aria-modal") === "true";
      const { position } = getComputedStyle(at);
      if (modal || position === "fixed" || position === "sticky") box = at;
      else if (at instanceof HTMLDialogElement) box = at;
    }
    return box;
  }
  function wordsIn(root, most) {
    let text = "";
    const walker = of(document, "createTreeWalker")(
      root,
      NodeFilter.SHOW_TEXT + NodeFilter.SHOW_ELEMENT
    );
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (text.length > most) break;
      if (node instanceof Element) {
        const shadow = of(node, "shadowRoot");
        if (shadow) text += " ".concat(wordsIn(shadow, most));
      } else text += " ".concat(node.data);
    }
    return text.replace(/\s+/g, " ").trim();
  }
  function hasButton(root) {
    const buttons = "button, [role=button], input[type=button], input[type=submit]";
    if (of(root, "querySelector")(buttons)) return true;
    const all = of(root, "querySelectorAll")("*");
    for (const each of Array.from(all).slice(0, 500)) {
      const shadow = of(each, "shadowRoot");
      if (shadow && hasButton(shadow)) return true;
    }
    return false;
  }
  function overlayNow(words) {
    const looked = /* @__PURE__ */ new Set();
    let frame = false;
    const at = of(document, "elementsFromPoint");
    for (const x of [0.08, 0.5, 0.92])
      for (const y of [0.04, 0.25, 0.5, 0.75, 0.96])
        for (const hit of at(x * innerWidth, y * innerHeight).slice(0, 6)) {
          const box = boxOver(hit);
          if (!box) continue;
          if (hit instanceof HTMLIFrameElement) frame = true;
          if (looked.has(box)) continue;
          looked.add(box);
          const text = wordsIn(box, 4e3).toLowerCase();
          const asks = text.length >= 40 && text.length <= 4e3 && words.some((word) => text.includes(word));
          if (asks && hasButton(box)) return "layer";
        }
    return frame ? "frame" : "nothing";
  }
  var MARKS = "cookie consent gdpr ccpa onetrust didomi usercentrics iubenda osano truste- trustarc qc-cmp cmpbox cmpwrapper";
  function probe(words) {
    const selector = MARKS.split(" ").map((mark) => '[id*="'.concat(mark, '" i], [class*="').concat(mark, '" i]')).join(", ");
    const marked = of(document, "querySelector")(selector) !== null;
    return { overlay: overlayNow(words), marked };
  }
  return __toCommonJS(consent_exports);
})();`;

/** Of controls.ts. */
export const CONTROLS = String.raw`"use strict";
var pageScript = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  var controls_exports = {};
  __export(controls_exports, {
    controlIsOn: () => controlIsOn,
    findControls: () => findControls,
    pressControl: () => pressControl
  });

  function of(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === "function" ? value.bind(node) : value;
  }

  var TOO_LONG = "#too long";
  var oneLine = (text) => text.replace(/\s+/g, " ").trim();
  function isWords(node) {
    const parent = of(node, "parentElement");
    return !parent || !/^(style|script|noscript|template|title)$/.test(of(parent, "localName"));
  }
  function textOf(element) {
    let text = "";
    const walker = of(document, "createTreeWalker")(
      element,
      NodeFilter.SHOW_TEXT
    );
    for (let node = walker.nextNode(), n = 0; node && n < 400; n++) {
      if (isWords(node)) text += " " + node.data;
      node = walker.nextNode();
    }
    return oneLine(text);
  }
  function shortText(element, max) {
    let text = "";
    const walker = of(document, "createTreeWalker")(
      element,
      NodeFilter.SHOW_TEXT
    );
    let nodes = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (isWords(node)) text += " " + node.data;
      if (++nodes > 30 || text.length > 4 * max) return TOO_LONG;
    }
    const short = oneLine(text);
    return short.length > max ? TOO_LONG : short;
  }
  var MAX_BESIDE = 60;
  var MAX_NODES = 60;
  function wordsAround(box, element, says) {
    const before = wordsBeside(box, element, false, says);
    const after = wordsBeside(box, element, true, says);
    const marked = sideInForce(before.last, after.last);
    return { before: before.words, after: after.words, marked };
  }
  function wordsBeside(box, element, onwards, says) {
    const walker = of(document, "createTreeWalker")(box, NodeFilter.SHOW_ALL);
    walker.currentNode = element;
    let words = "";
    let last;
    for (let looked = 0; looked < MAX_NODES; looked++) {
      const node = onwards ? walker.nextNode() : walker.previousNode();
      if (!node) break;
      if (of(node, "nodeType") !== 3 || !isWords(node)) continue;
      const parent = of(node, "parentElement");
      if (of(element, "contains")(node)) continue;
      const piece = oneLine(node.data);
      if (!piece) continue;
      const heading = of(parent, "closest")("h1, h2, h3, h4, h5, h6");
      if (heading && !of(heading, "contains")(element)) break;
      const more = oneLine(onwards ? words + " " + piece : piece + " " + words);
      if (more.length > MAX_BESIDE) {
        if (!words)
          words = onwards ? more.slice(0, MAX_BESIDE) : more.slice(-MAX_BESIDE);
        break;
      }
      words = more;
      last = parent;
      if (says(words)) break;
    }
    return { words, last };
  }
  function sideInForce(first, second) {
    const [one, other] = [first, second].map(
      (side) => side && isOn(side) || false
    );
    return one === other ? void 0 : other;
  }
  function isOn(element) {
    const get = of(element, "getAttribute");
    const tag = of(element, "localName");
    if (tag === "input") return of(element, "checked");
    for (const name of ["aria-checked", "aria-selected", "aria-pressed"]) {
      const value = get(name);
      if (value !== null) return value === "true";
    }
    const state = get("data-state");
    if (state && /^(active|inactive|on|off|checked|unchecked)$/.test(state))
      return /^(active|on|checked)$/.test(state);
    const hint = /(^|[\s_-])(active|selected|current|checked)($|[\s_-])/i;
    return hint.test(get("class") || "") || void 0;
  }
  function labelOf(element) {
    const get = of(element, "getAttribute");
    const said = oneLine(get("aria-label") || "");
    if (said) return [said, false];
    const ids = (get("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const named = ids.slice(0, 4).map((id) => {
      const other = of(document, "getElementById")(id);
      return other ? textOf(other) : "";
    }).join(" ").trim();
    if (named) return [named, true];
    const labels = of(element, "localName") === "input" ? of(element, "labels") : null;
    const text = labels ? Array.from(labels).map(textOf).join(" ").trim() : textOf(element);
    if (text) return [text.slice(0, 80), true];
    const next = of(element, "nextSibling");
    const beside = next ? oneLine(next.textContent || "") : "";
    return [beside.slice(0, 80), false];
  }

  function memory() {
    const key = /* @__PURE__ */ Symbol.for("agentworkloads.controls");
    const world = globalThis;
    return world[key] ??= {};
  }
  function findControls(options) {
    const finder = {
      controls: [],
      elements: [],
      numbers: /* @__PURE__ */ new Map(),
      words: new Set(options.words),
      parts: options.parts,
      looked: 0
    };
    const body = of(document, "body");
    if (body) findIn(body, finder);
    memory().controls = finder.elements;
    return finder.controls;
  }
  function matches(text, finder) {
    const small = text.toLowerCase();
    return small.split(/[^\p{L}\p{M}]+/u).some((word) => finder.words.has(word)) || finder.parts.some((part) => small.includes(part));
  }
  function findIn(root, finder) {
    const walker = of(document, "createTreeWalker")(
      root,
      NodeFilter.SHOW_ELEMENT
    );
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (++finder.looked > 2e4 || finder.controls.length >= 120) return;
      const element = node;
      const shadow = of(element, "shadowRoot");
      if (shadow) findIn(shadow, finder);
      noteControl(element, finder);
    }
  }
  function noteControl(element, finder) {
    const get = of(element, "getAttribute");
    const tag = of(element, "localName");
    const role = get("role") || "";
    const type = tag === "input" ? of(element, "type") : "";
    if (tag === "select") {
      noteSelect(element, finder);
      return;
    }
    if (type === "radio" || /^(radio|menuitemradio|tab)$/.test(role)) {
      const [label] = labelOf(element);
      if (matches(label, finder)) add(element, "choice", label, finder);
      return;
    }
    const flips = type === "checkbox" || /^(switch|checkbox)$/.test(role) || tag === "button" && get("aria-pressed") !== null;
    const pressable = tag === "button" || role === "button" || tag === "a";
    const mayBePressed = pressable || flips || isSmallBox(element, tag);
    if (!mayBePressed) return;
    const text = shortText(element, 60);
    if (flips || pressable && text === "") {
      noteToggle(element, finder);
      return;
    }
    if (!text || !matches(text, finder)) return;
    const named = Array.from(of(element, "children")).filter(
      (child) => matches(shortText(child, 60), finder)
    );
    if (named.length > 1) {
      const [before, after] = [named[0], named[named.length - 1]].map(
        (child) => shortText(child, 60)
      );
      const marked = sideInForce(named[0], named[named.length - 1]);
      if (pressable)
        add(element, "toggle", "", finder, { before, after, marked });
      return;
    }
    if (pressable || getComputedStyle(element).cursor === "pointer")
      add(element, "choice", text, finder);
  }
  function isSmallBox(element, tag) {
    return /^(div|span|li|p|strong|b)$/.test(tag) && of(element, "childElementCount") <= 3;
  }
  function noteSelect(select, finder) {
    const options = Array.from(of(select, "options")).slice(0, 20).map((option) => ({
      label: oneLine(option.textContent || ""),
      on: option.selected
    }));
    const named = options.filter(({ label }) => matches(label, finder));
    if (named.length > 1) add(select, "select", "", finder, { options });
  }
  function noteToggle(element, finder) {
    const [own, labelSeen] = labelOf(element);
    const says = (words) => matches(words, finder);
    let around;
    let box = of(element, "parentElement");
    for (let level = 0; box && level < 4; level++) {
      const here = wordsAround(box, element, says);
      const both = says(here.before) && says(here.after);
      if (both || !around && (says(here.before) || says(here.after)))
        around = here;
      if (both) break;
      box = of(box, "parentElement");
    }
    if (!around && !says(own)) return;
    const beside = around || { before: "", after: "" };
    add(element, "toggle", own, finder, { ...beside, labelSeen });
  }
  function add(element, kind, label, finder, more = {}) {
    const nested = finder.elements.some(
      (other) => other !== element && of(other, "contains")(element)
    );
    if (nested || leadsAway(element) || !isShown(element)) return;
    const around = [];
    let at = of(element, "parentNode");
    while (at && around.length < 8) {
      if (!finder.numbers.has(at)) finder.numbers.set(at, finder.numbers.size);
      around.push(finder.numbers.get(at));
      at = at instanceof ShadowRoot ? at.host : of(at, "parentNode");
    }
    finder.elements.push(element);
    finder.controls.push({
      index: finder.elements.length - 1,
      kind,
      label: label.slice(0, 80),
      labelSeen: true,
      before: "",
      after: "",
      around,
      group: groupOf(element),
      options: [],
      on: isOn(element),
      ...more
    });
  }
  function groupOf(element) {
    const one = (text) => (text || "").replace(/\s+/g, " ").trim().slice(0, 40);
    const set = of(
      element,
      "closest"
    )("fieldset, [role=group], [role=radiogroup], [role=tablist], select");
    if (set) {
      const get = of(set, "getAttribute");
      const id = (get("aria-labelledby") || "").split(/\s+/)[0];
      const legend = of(set, "querySelector")("legend");
      const label = of(set, "localName") === "select" ? of(set, "labels")[0] : void 0;
      const said = one(get("aria-label")) || id && one(of(document, "getElementById")(id)?.textContent ?? "") || one(legend || label ? textOf(legend || label) : "");
      if (said) return said;
    }
    let at = set || element;
    for (let level = 0; at && level < 3; level++) {
      const before = of(at, "previousElementSibling");
      if (before) {
        const words = shortText(before, 60);
        const named = /^(h[1-6]|label|legend|p|strong|dt)$/;
        if (words && words !== TOO_LONG && named.test(of(before, "localName")))
          return one(words);
      }
      at = of(at, "parentElement");
    }
    return "";
  }
  function leadsAway(element) {
    const get = of(element, "getAttribute");
    if (get("disabled") !== null || get("aria-disabled") === "true") return true;
    const closest = of(element, "closest");
    const link = closest("a[href], area[href]");
    if (link) {
      const href = (of(link, "getAttribute")("href") || "").trim();
      if (href !== "" && !/^#|^javascript:/i.test(href)) return true;
    }
    const button = closest("button, input");
    if (!button) return false;
    const type = of(button, "type");
    const form = of(button, "form");
    return /^(submit|image|reset)$/.test(type) && form !== null;
  }
  function isShown(element) {
    const boxes = [element];
    const labels = element.labels;
    if (labels instanceof NodeList)
      boxes.push(...Array.from(labels));
    const parent = of(element, "parentElement");
    if (parent) boxes.push(parent);
    return boxes.some((box) => {
      const rect = of(box, "getBoundingClientRect")();
      return rect.width > 0 && rect.height > 0 && getComputedStyle(box).visibility === "visible";
    });
  }
  function pressControl(index, option) {
    holdForms();
    const known = memory().controls || [];
    const element = known[index];
    if (!element || !of(element, "isConnected")) return false;
    const dispatch = (event) => of(element, "dispatchEvent")(event);
    if (option >= 0) {
      const select = element;
      Reflect.set(HTMLSelectElement.prototype, "selectedIndex", option, select);
      dispatch(new Event("input", { bubbles: true, composed: true }));
      dispatch(new Event("change", { bubbles: true, composed: true }));
      return true;
    }
    const how = { bubbles: true, cancelable: true, composed: true, button: 0 };
    const pointer = { ...how, pointerId: 1, isPrimary: true };
    dispatch(new PointerEvent("pointerdown", pointer));
    dispatch(new MouseEvent("mousedown", how));
    of(element, "focus")({ preventScroll: true });
    dispatch(new PointerEvent("pointerup", pointer));
    dispatch(new MouseEvent("mouseup", how));
    of(element, "click")();
    return true;
  }
  function controlIsOn(index) {
    const known = memory().controls || [];
    return known[index] ? isOn(known[index]) : void 0;
  }
  function holdForms() {
    const state = memory();
    if (state.formsHeld) return;
    state.formsHeld = true;
    addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true
    );
  }
  return __toCommonJS(controls_exports);
})();`;

/** Of frame-sight.ts. */
export const FRAME_SIGHT = String.raw`"use strict";
var pageScript = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  var frame_sight_exports = {};
  __export(frame_sight_exports, {
    sightOf: () => sightOf
  });

  function of(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === "function" ? value.bind(node) : value;
  }

  function rootContext(win) {
    const root = of(win.document, "documentElement");
    const body = of(win.document, "body") || root;
    const fixedWidth = /hidden|clip/.test(
      win.getComputedStyle(root).overflowX + win.getComputedStyle(body).overflowX
    );
    return {
      win,
      prefixes: [""],
      dx: win.scrollX,
      dy: win.scrollY,
      pageRight: fixedWidth ? win.innerWidth : Math.max(win.innerWidth, root.scrollWidth),
      visible: true,
      opacity: 1,
      facing: 1,
      struck: false,
      struckTag: false,
      ariaHidden: false,
      gradientText: false,
      href: "",
      places: /* @__PURE__ */ new WeakMap(),
      background: { r: 255, g: 255, b: 255, a: 1 }
    };
  }
  function toPageRect(rect, context) {
    return {
      x: rect.left + context.dx,
      y: rect.top + context.dy,
      width: rect.width,
      height: rect.height
    };
  }
  function intersect(a, b) {
    if (!a || !b) return a || b;
    const x = Math.max(a.x, b.x);
    const y = Math.max(a.y, b.y);
    return {
      x,
      y,
      width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
      height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y)
    };
  }
  function visibleShare(rects, context) {
    const page = { x: 0, y: 0, width: context.pageRight, height: 1e7 };
    const clip = intersect(context.clip, page);
    let all = 0;
    let seen = 0;
    for (const rect of rects) {
      const part = intersect(rect, clip);
      all += rect.width * rect.height;
      seen += part.width * part.height;
    }
    return all > 0 ? seen / all : 0;
  }
  function clipArea(element, style, parent) {
    const base = style.position === "fixed" ? parent.fixedClip : style.position === "absolute" ? parent.absoluteClip : parent.clip;
    let own = base;
    const top = /^(html|body)$/.test(of(element, "localName"));
    const inline = style.display === "inline" || style.display === "contents";
    if (!top && !inline && style.overflow !== "visible") {
      const rect = toPageRect(of(element, "getBoundingClientRect")(), parent);
      const hides = (value) => /^(hidden|clip)$/.test(value);
      const far = 1e6;
      const area = {
        x: hides(style.overflowX) ? rect.x : rect.x - far,
        y: hides(style.overflowY) ? rect.y : rect.y - far,
        width: hides(style.overflowX) ? rect.width : 2 * far,
        height: hides(style.overflowY) ? rect.height : 2 * far
      };
      const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
      const empty = rect.width < 2 || rect.height < 2;
      const seen = intersect(base, rect);
      if (empty) own = intersect(base, rect);
      else if (scrolls && seen.width > 1 && seen.height > 1) own = area;
      else own = intersect(base, area);
    }
    const holds = style.position !== "static" || style.transform !== "none";
    return {
      clip: own,
      absoluteClip: holds ? own : parent.absoluteClip,
      fixedClip: style.transform !== "none" ? own : parent.fixedClip
    };
  }
  function clippedAway(style) {
    const path = style.clipPath;
    if (/^inset\((?:5\d|[6-9]\d|100)(?:\.\d+)?%/.test(path)) return true;
    if (/^(circle|ellipse)\(0(px|%)?[\s)]/.test(path)) return true;
    if (/^polygon\((0(px|%)? 0(px|%)?(, )?)+\)$/.test(path)) return true;
    const clip = /^rect\((.+)\)$/.exec(style.clip);
    if (!clip || !/absolute|fixed/.test(style.position)) return false;
    const [top, right, bottom, left] = clip[1].split(/[ ,]+/).map(parseFloat);
    return right - left <= 1 || bottom - top <= 1;
  }
  function maskedAway(style) {
    const get = (name) => style.getPropertyValue(name) || style.getPropertyValue("-webkit-".concat(name));
    const image = get("mask-image");
    if (!image || image === "none") return false;
    if (/^0(px|%)?( 0(px|%)?)?$/.test(get("mask-size"))) return true;
    if (!/^(repeating-)?(linear|radial|conic)-gradient\(/.test(image))
      return false;
    if (/url\(|image-set\(|element\(/.test(image)) return false;
    const colours = image.match(
      /\b(?:rgba?|hsla?|color|oklch|oklab|lab|lch)\([^()]*\)/g
    );
    return Boolean(
      colours && colours.every((each) => /^rgba\(.*, 0\)$/.test(each))
    );
  }

  function drawnAround(element) {
    const around = [];
    let at = of(element, "assignedSlot") || of(element, "parentNode");
    while (at && around.length < 500) {
      if (at instanceof ShadowRoot) {
        at = at.host;
        continue;
      }
      if (!(at instanceof Element)) break;
      around.unshift(at);
      at = of(at, "assignedSlot") || of(at, "parentNode");
    }
    return around;
  }
  function sightOf() {
    const said = of(this, "getAttribute")("src") || "";
    const src = of(this, "getAttribute")("srcdoc") === null ? said.trim() : "";
    const nothing = { share: 0, src };
    const shown = of(
      this,
      "checkVisibility"
    )({
      opacityProperty: true,
      visibilityProperty: true
    });
    const win = of(of(this, "ownerDocument"), "defaultView");
    if (!shown || !win) return nothing;
    let context = rootContext(win);
    for (const element of drawnAround(this)) {
      const style2 = win.getComputedStyle(element);
      if (clippedAway(style2) || maskedAway(style2)) return nothing;
      context = { ...context, ...clipArea(element, style2, context) };
    }
    const style = win.getComputedStyle(this);
    if (clippedAway(style) || maskedAway(style)) return nothing;
    const { clip } = clipArea(this, style, context);
    const rect = toPageRect(of(this, "getBoundingClientRect")(), context);
    return { share: visibleShare([rect], { ...context, clip }), src };
  }
  return __toCommonJS(frame_sight_exports);
})();`;

/** Of scroll.ts. */
export const SCROLL = String.raw`"use strict";
var pageScript = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  var scroll_exports = {};
  __export(scroll_exports, {
    heightNow: () => heightNow,
    mayGrow: () => mayGrow,
    scrollHome: () => scrollHome,
    scrollList: () => scrollList,
    scrollPass: () => scrollPass
  });

  function of(node, name) {
    const value = Reflect.get(Object.getPrototypeOf(node), name, node);
    return typeof value === "function" ? value.bind(node) : value;
  }

  function scrolling() {
    const key = /* @__PURE__ */ Symbol.for("agentworkloads.scrolling");
    const world = globalThis;
    if (world[key]) return world[key];
    const root = of(document, "documentElement");
    const state = {
      scrollers: [root, ...innerScrollers()],
      at: [],
      texts: [],
      current: 0,
      came: 0
    };
    state.at = state.scrollers.map(() => 0);
    state.texts = state.scrollers.map(() => []);
    new MutationObserver((records) => noteComing(records, state)).observe(root, {
      subtree: true,
      childList: true,
      characterData: true
    });
    world[key] = state;
    return state;
  }
  function innerScrollers() {
    const found = [];
    const all = of(document, "getElementsByTagName")("*");
    for (let i = 0; i < all.length && i < 2e4 && found.length < 20; i++) {
      const element = all[i];
      const view = of(element, "clientHeight");
      if (view < 100 || of(element, "scrollHeight") < view + 100) continue;
      if (of(element, "clientWidth") < 150 || /^(html|body)$/.test(of(element, "localName")))
        continue;
      if (/auto|scroll/.test(getComputedStyle(element).overflowY))
        found.push(element);
    }
    const size = (element) => of(element, "clientHeight") * of(element, "clientWidth");
    return found.sort((a, b) => size(b) - size(a)).slice(0, 3);
  }
  function noteComing(records, state) {
    const texts = state.texts[state.current];
    for (const record of records) {
      const nodes = record.type === "childList" ? Array.from(record.addedNodes) : [record.target];
      for (const node of nodes) {
        if (/^(script|style|link)$/.test(of(node, "localName") || ""))
          continue;
        if (of(node, "nodeType") === 1) state.came++;
        if (texts.length >= 400) continue;
        const text = (of(node, "textContent") || "").slice(0, 120);
        if (/[\p{L}\p{N}]{2}/u.test(text)) texts.push(text);
      }
    }
  }
  function nextFrame() {
    return new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done, 0));
      setTimeout(done, 100);
    });
  }
  function scrollBox(state, index, top) {
    const how = { top, behavior: "instant" };
    if (index === 0) scrollTo(how);
    else of(state.scrollers[index], "scrollTo")(how);
  }
  function viewOf(state, index) {
    return index === 0 ? innerHeight : of(state.scrollers[index], "clientHeight");
  }
  async function scrollPass(options) {
    const state = scrolling();
    const until = performance.now() + options.maxMs;
    state.came = 0;
    for (let i = 0; i < state.scrollers.length; i++) {
      state.current = i;
      const view = Math.max(50, viewOf(state, i));
      let steps = options.steps;
      let end = of(state.scrollers[i], "scrollHeight");
      while (state.at[i] + view < end && performance.now() < until) {
        const jump = --steps < 0;
        state.at[i] = jump ? end - view : state.at[i] + view;
        scrollBox(state, i, state.at[i]);
        await nextFrame();
        end = of(state.scrollers[i], "scrollHeight");
        if (jump) break;
      }
      if (state.at[i] > 0) {
        await nextFrame();
        await nextFrame();
      }
    }
    const ended = state.scrollers.every(
      (box, i) => state.at[i] + Math.max(50, viewOf(state, i)) + 10 >= of(box, "scrollHeight")
    );
    const { came } = state;
    return { height: heightNow(), elements: elementsNow(), came, ended };
  }
  var LAST = 400;
  var LOADER = /(^|[\s_-])(load(er|ing|[_-]?more)?|spinner|skeleton|sentinel|infinite)/i;
  function mayGrow() {
    const state = scrolling();
    if (state.at.some((at, i) => i > 0 && at > 0)) return true;
    const all = of(document, "getElementsByTagName")("*");
    const end = of(state.scrollers[0], "scrollHeight");
    for (let i = all.length - 1; i >= 0 && i > all.length - LAST; i--)
      if (waitsForMore(all[i], end)) return true;
    return false;
  }
  function waitsForMore(element, end) {
    if (!/^(div|span|li|section|p|ul)$/.test(of(element, "localName")))
      return false;
    const rect = of(element, "getBoundingClientRect")();
    if (rect.height < 1 || rect.bottom + scrollY < end - 300) return false;
    const get = of(element, "getAttribute");
    const named = (get("class") || "") + " " + (get("id") || "");
    const busy = get("aria-busy") === "true" || get("role") === "progressbar";
    if (busy || LOADER.test(named)) return true;
    const empty = of(element, "childElementCount") === 0 && !(of(element, "textContent") || "").trim();
    return empty && rect.height <= 100;
  }
  function heightNow() {
    return scrolling().scrollers.reduce(
      (sum, box) => sum + of(box, "scrollHeight"),
      0
    );
  }
  function elementsNow() {
    return of(document, "getElementsByTagName")("*").length;
  }
  async function scrollHome() {
    const state = scrolling();
    const seen = state.texts.map((texts) => Array.from(new Set(texts)));
    for (let i = state.scrollers.length - 1; i >= 0; i--) scrollBox(state, i, 0);
    await nextFrame();
    await nextFrame();
    const some = seen.some((texts) => texts.length > 4);
    const body = some ? of(document, "body") : null;
    const now = body && of(body, "textContent") || "";
    const lists = [];
    for (let i = 0; i < seen.length; i++) {
      const every = Math.ceil(seen[i].length / 60);
      const sample = seen[i].filter((_text, nth) => nth % every === 0);
      const lost = sample.filter((text) => !now.includes(text)).length;
      const height = of(state.scrollers[i], "scrollHeight");
      const view = viewOf(state, i);
      if (lost > 4 && height > 1.5 * view) lists.push({ index: i, height, view });
    }
    return lists;
  }
  async function scrollList(index, top) {
    const state = scrolling();
    scrollBox(state, index, top);
    await nextFrame();
    await nextFrame();
    return index === 0 ? scrollY : of(state.scrollers[index], "scrollTop");
  }
  return __toCommonJS(scroll_exports);
})();`;
