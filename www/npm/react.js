"use client";
// The elements as React components. Where React takes over a page that a server has written, it
// attaches no listeners of custom events to elements and sets no properties of theirs
// (facebook/react issue 35446); these components do both themselves.
import "ai-atlas";
import { createElement, useLayoutEffect, useRef } from "react";

// onAtlasSelect → atlas-select; tools/npm.mjs writes the events here.
const EVENTS = {};
const useEffectInBrowsers =
  typeof document === "object" ? useLayoutEffect : () => {};

const component = (tag, name) => {
  const Component = ({ ref, data, ...props }) => {
    const own = useRef(null);
    const heard = useRef({});
    const attributes = {};
    const handlers = {};
    for (const [key, value] of Object.entries(props))
      (Object.hasOwn(EVENTS, key) ? handlers : attributes)[key] = value;
    useEffectInBrowsers(() => {
      heard.current = handlers; // those of the newest picture
    });
    const events = Object.keys(handlers)
      .filter((key) => handlers[key])
      .sort()
      .join();
    useEffectInBrowsers(() => {
      const stop = new AbortController();
      for (const key of events.split(",").filter(Boolean))
        own.current.addEventListener(
          EVENTS[key],
          (event) => heard.current[key]?.(event),
          { signal: stop.signal },
        );
      return () => stop.abort();
    }, [events]);
    useEffectInBrowsers(() => {
      if (data !== undefined || own.current.data !== undefined)
        own.current.data = data;
    }, [data]);
    useEffectInBrowsers(() => {
      if (typeof ref !== "function")
        return void (ref && (ref.current = own.current));
      const undo = ref(own.current);
      return typeof undo === "function" ? undo : () => ref(null);
    }, [ref]);
    return createElement(tag, { ...attributes, ref: own });
  };
  Component.displayName = name;
  return Component;
};

export const AtlasValueChain = component(
  "atlas-value-chain",
  "AtlasValueChain",
);
export const AtlasMarketShare = component(
  "atlas-market-share",
  "AtlasMarketShare",
);
export const AtlasFundingTimeline = component(
  "atlas-funding-timeline",
  "AtlasFundingTimeline",
);
