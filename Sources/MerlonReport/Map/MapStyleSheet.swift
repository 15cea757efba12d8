import MerlonBase

/// The look of the page: light and dark, screen and paper. Every pair of text and ground has a contrast of at least
/// 4.5 : 1 (WCAG 2.2, 1.4.3), and no meaning rests on colour alone.
enum MapStyleSheet {
  /// For the page's policy: only this style sheet may be applied.
  static var hash: String { "sha256-" + base64(SHA256.digest(text.utf8)) }

  /// RFC 4648, section 4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[value >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }

  static let text = """

    :root {
      color-scheme: light dark;
      --ground: #ffffff; --raised: #f5f6f8; --line: #d5d9df; --text: #1b1f24; --soft: #525a65; --link: #0b57d0;
      --red: #a3160f; --red-ground: #fdeceb; --amber: #7a4d00; --amber-ground: #fff4d9;
      --green: #1c6432; --green-ground: #e7f4ea; --blue: #114c94; --blue-ground: #e6f0fc; --grey-ground: #eceef1;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #14171b; --raised: #1d2127; --line: #383f49; --text: #e8eaed; --soft: #aab2bd; --link: #8ab8ff;
        --red: #ff9d95; --red-ground: #43191a; --amber: #ffcf6b; --amber-ground: #3a2c08;
        --green: #8ed6a2; --green-ground: #17331f; --blue: #9cc6ff; --blue-ground: #16294a; --grey-ground: #2a3038;
      }
    }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    body {
      margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 76rem; background: var(--ground); color: var(--text);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
    }
    a { color: var(--link); text-underline-offset: .15em; }
    a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; }
    .skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--raised); z-index: 1; }
    .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    code, .method { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; }
    code { overflow-wrap: anywhere; }
    h1 { margin: 0 0 1.25rem; font-size: 2.1rem; line-height: 1.2; letter-spacing: -.01em; }
    h2 { margin: 3rem 0 .75rem; padding-top: 1rem; border-top: 2px solid var(--text); font-size: 1.35rem; }
    h3 { margin: 2.25rem 0 .75rem; font-size: 1.1rem; }
    h4 { margin: 0; font-size: 1rem; display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: baseline; }
    .kicker { margin: 0 0 .25rem; color: var(--soft); font-size: .85rem; font-weight: 600; letter-spacing: .06em;
      text-transform: uppercase; }
    .facts { display: grid; gap: .2rem 1.5rem; margin: 0 0 1rem; }
    .facts > div { display: grid; grid-template-columns: 9rem 1fr; gap: .75rem; }
    .facts dt { color: var(--soft); }
    .facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
    .alarm { padding: .75rem 1rem; border-left: 4px solid var(--red); background: var(--red-ground); color: var(--red);
      font-weight: 600; }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0 0;
      padding: 0; list-style: none; }
    .tile { padding: .8rem 1rem; border: 1px solid var(--line); border-top: 4px solid var(--line); border-radius: .4rem;
      background: var(--raised); }
    .tile strong { display: block; font-size: 1.9rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
    .tile span { color: var(--soft); font-size: .9rem; }
    .tile.open { border-top-color: var(--red); } .tile.open strong { color: var(--red); }
    .tile.unsure { border-top-color: var(--amber); } .tile.unsure strong { color: var(--amber); }
    .tile.authenticated { border-top-color: var(--blue); }
    .tile.role, .tile.owner { border-top-color: var(--green); }
    .method { font-weight: 600; color: var(--soft); }
    .method.writes { color: var(--text); text-decoration: underline; text-decoration-thickness: 2px; }
    .path { font-weight: 600; color: inherit; }
    .badge, .mark { display: inline-block; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 1rem;
      background: var(--grey-ground); color: var(--text); font-size: .82rem; font-weight: 500; overflow-wrap: anywhere; }
    .badge.open { background: var(--red-ground); border-color: var(--red); color: var(--red); font-weight: 700; }
    .badge.unsure, .mark.warning { background: var(--amber-ground); border-color: var(--amber); color: var(--amber); }
    .badge.authenticated { background: var(--blue-ground); border-color: var(--blue); color: var(--blue); }
    .badge.role, .badge.owner { background: var(--green-ground); border-color: var(--green); color: var(--green); }
    .first { padding-left: 2.5rem; } .first li { padding: .2rem 0; } .first a, .matrix a { color: inherit; }
    .first li::marker { color: var(--soft); font-variant-numeric: tabular-nums; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .93rem; }
    caption { padding: 1rem 0 .5rem; text-align: left; font-size: 1.1rem; font-weight: 600; }
    th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
      font-weight: 400; }
    thead th { vertical-align: bottom; font-weight: 600; border-bottom: 2px solid var(--text); }
    .matrix .who { width: 2.6rem; padding: .35rem .2rem; text-align: center; border-left: 1px solid var(--line); }
    .matrix thead .who span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 12rem;
      overflow-wrap: anywhere; text-align: left; }
    .matrix thead .who { vertical-align: bottom; padding-bottom: .6rem; }
    .matrix a { text-decoration: none; } .matrix a:hover, .matrix a:focus-visible { text-decoration: underline; }
    .matrix td.wide { color: var(--soft); overflow-wrap: anywhere; border-left: 1px solid var(--line); }
    .matrix tr.open th { box-shadow: inset 4px 0 var(--red); }
    .matrix tr.unsure th { box-shadow: inset 4px 0 var(--amber); }
    .matrix tbody th { padding-left: .8rem; min-width: 15rem; }
    .matrix tr.group th { background: var(--raised); font-weight: 600; }
    td.yes, b.yes { background: var(--green-ground); color: var(--green); font-weight: 700; }
    td.open, b.open { background: var(--red-ground); color: var(--red); font-weight: 800; }
    td.unsure, b.unsure { background: var(--amber-ground); color: var(--amber); font-weight: 700; }
    td.no, b.no { color: var(--soft); }
    .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; color: var(--soft); font-size: .88rem; }
    .legend b { display: inline-block; min-width: 1.6rem; padding: 0 .3rem; border: 1px solid var(--line);
      text-align: center; }
    .operation { margin: 0 0 .9rem; padding: .9rem 1.1rem; border: 1px solid var(--line); border-left: 4px solid var(--line);
      border-radius: .4rem; }
    .operation:target { outline: 3px solid var(--link); }
    .operation.open { border-left-color: var(--red); } .operation.unsure { border-left-color: var(--amber); }
    .operation.authenticated { border-left-color: var(--blue); }
    .operation.role, .operation.owner { border-left-color: var(--green); }
    .operation .facts { margin: .5rem 0; gap: .1rem 1.5rem; font-size: .93rem; }
    .operation > p { margin: .4rem 0; } .none, .place, .note { color: var(--soft); }
    .tree, .tree ul { margin: 0; padding-left: 1.1rem; list-style: none; }
    .tree { padding-left: 0; font-size: .93rem; }
    .tree ul { border-left: 1px solid var(--line); margin-left: .35rem; }
    .tree li { padding: .12rem 0; }
    .enforces { color: var(--green); font-weight: 600; } .place { font-size: .85em; overflow-wrap: anywhere; }
    .note { margin: 0 0 0 1rem; font-size: .9em; } .note.warning { color: var(--amber); font-weight: 600; }
    details { margin-top: .5rem; } summary { cursor: pointer; color: var(--soft); }
    .limits { padding-left: 1.2rem; } .limits li { padding: .15rem 0; overflow-wrap: anywhere; }
    footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
    @media (max-width: 40rem) {
      body { padding: 1.25rem .9rem 3rem; } h1 { font-size: 1.6rem; }
      .facts > div { grid-template-columns: 1fr; gap: 0; } .first { padding-left: 1.8rem; }
      .tiles { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .5rem; } .tile { padding: .6rem .7rem; }
      .matrix .wide { display: none; } .matrix tbody th { min-width: 11rem; } .operation { padding: .7rem .8rem; }
    }
    @media print {
      @page { margin: 14mm 12mm; }
      :root {
        --ground: #ffffff; --raised: #ffffff; --line: #b9bec6; --text: #000000; --soft: #444444; --link: #000000;
        --red: #a3160f; --red-ground: #fdeceb; --amber: #7a4d00; --amber-ground: #fff4d9;
        --green: #1c6432; --green-ground: #e7f4ea; --blue: #114c94; --blue-ground: #e6f0fc; --grey-ground: #eceef1;
      }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      body { max-width: none; padding: 0; } .skip { display: none; } a { text-decoration: none; }
      .scroll { overflow: visible; } thead { display: table-header-group; } tr, .operation, .tile { break-inside: avoid; }
      h2, h3, h4, caption { break-after: avoid; } .tiles { grid-template-columns: repeat(7, 1fr); }
      html { font-size: 9.5pt; } .tile { padding: .5rem .6rem; } .tile strong { font-size: 1.6rem; }
      h2 { margin-top: 1.6rem; }
      details::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; }
      .operation { padding: .5rem .7rem; } .matrix tbody th { min-width: 0; }
    }

    """
}
