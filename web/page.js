// The page and its worker: one script, which starts as either. The library's own script stands before it and gives `wasm_bindgen`.

// ---- The worker: reads files and texts, and hands over the result.

function worker() {
  let ready;

  // A slice of a file at a time, so that no file is ever in memory as a whole.
  const reader = (file, told) => (from, length) => {
    told(from);
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(file.slice(from, from + length)));
  };

  function scan({ inputs, asJson, redacts }) {
    const pieces = [];
    const made = `${new Date().toISOString().slice(0, 19)}Z`;
    const names = inputs.map(({ name, file }) => (file ? name : "standard input"));
    const scan = asJson
      ? wasm_bindgen.Scan.json((piece) => pieces.push(new Blob([piece])), redacts)
      : wasm_bindgen.Scan.report(made, names, redacts);
    const troubles = [];
    let done = 0;
    let last = 0;
    for (const { name, file, text } of inputs) {
      const told = (from) => {
        const now = performance.now();
        if (now - last > 100) {
          last = now;
          postMessage({ name, done: done + from });
        }
      };
      try {
        if (file) {
          scan.file(name, file.size, reader(file, told));
          done += file.size;
        } else {
          scan.text(text);
          done += text.length;
        }
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) throw error;
        troubles.push(`${name} could not be read: ${error.message}`);
      }
    }
    const report = scan.end();
    const result = asJson ? new Blob(pieces, { type: "application/x-ndjson" }) : new Blob([report], { type: "text/html;charset=utf-8" });
    return { end: true, result, troubles };
  }

  onmessage = async ({ data }) => {
    try {
      ready ??= wasm_bindgen({ module_or_path: data.library });
      await ready;
      postMessage(scan(data));
    } catch (error) {
      postMessage({ end: true, failed: `The scan has failed: ${error.message}` });
    }
  };
}

// ---- The page.

function page(source) {
  const part = (id) => document.getElementById(id);
  const query = part("query");
  let library;
  let work;
  let inputs = [];
  let report;

  // The library stands in the page, packed: a page from a disk can't load another file.
  async function unpack() {
    const packed = Uint8Array.from(atob(part("library").textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(stream).arrayBuffer());
  }

  // Looking up.

  let shown = "";

  function answer() {
    const text = query.value.trim();
    if (text === shown) return;
    shown = text;
    part("answer").innerHTML = text ? wasm_bindgen.answer_html(text) : "";
    part("found").hidden = !text;
    part("hint").hidden = Boolean(text);
    document.title = text ? `${text.slice(0, 60)} - intune-err` : "intune-err";
    say(text ? outcome() : "");
  }

  function outcome() {
    const titles = [...part("answer").querySelectorAll("article")].map((one) => one.firstElementChild.textContent);
    return titles.length > 1 ? `${titles.length} answers: ${titles.join(", ")}` : titles[0] ?? "";
  }

  // What a screen reader says, once the typing has come to rest.
  let saying;
  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => (part("status").textContent = text), 600);
  }

  const address = (text) => (text ? `#q=${encodeURIComponent(text)}` : "#");

  let remembering;
  function remember() {
    clearTimeout(remembering);
    // Browsers let a page do this a few times a second only.
    remembering = setTimeout(() => history.replaceState(null, "", address(query.value.trim())), 300);
  }

  function fromAddress() {
    const text = location.hash.startsWith("#q=") ? location.hash.slice(3) : "";
    try {
      query.value = decodeURIComponent(text);
    } catch {
      query.value = text;
    }
    answer();
  }

  async function copy(button, text) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser did not allow it";
    }
    say(button.textContent);
    setTimeout(() => (button.textContent = label), 2000);
  }

  // Scanning.

  function begin(asJson, whenDone) {
    stop();
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    work = new Worker(url);
    URL.revokeObjectURL(url);
    const total = inputs.reduce((sum, { file, text }) => sum + (file ? file.size : text.length), 0);
    part("work").hidden = false;
    part("trouble").textContent = "";
    const show = (name, done) => {
      part("progress").value = total ? Math.min(1, done / total) : 0;
      part("working").textContent = `Reading ${name}: ${size(done)} of ${size(total)}`;
    };
    show(inputs[0].name, 0);
    say("Reading");
    work.onmessage = ({ data }) => {
      if (!data.end) return show(data.name, data.done);
      stop();
      part("trouble").textContent = [data.failed, ...(data.troubles ?? [])].filter(Boolean).join(" ");
      if (!data.failed) whenDone(data);
    };
    work.onerror = (event) => {
      stop();
      part("trouble").textContent = `The scan has failed: ${event.message || "the browser did not start it"}`;
    };
    work.postMessage({ library, inputs, asJson, redacts: part("redacts").checked });
  }

  function stop() {
    work?.terminate();
    work = undefined;
    part("work").hidden = true;
  }

  function scan(chosen) {
    if (!chosen.length) return;
    inputs = chosen;
    part("result").hidden = true;
    begin(false, async ({ result }) => {
      report = result;
      part("report").srcdoc = await report.text();
      part("result").hidden = false;
      part("result-title").focus();
    });
  }

  const size = (bytes) => (bytes < 1 << 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // All files of what was dropped, those of a folder in the order of their names. What is dropped can be asked for right now only.
  async function dropped(items) {
    const all = [...items].filter((item) => item.kind === "file");
    const now = all.map((item) => ({ file: item.getAsFile(), folder: item.webkitGetAsEntry?.() }));
    const found = [];
    const ask = (entry, what) => new Promise((done, failed) => entry[what](done, failed));
    async function walk(folder) {
      const entries = [];
      const reader = folder.createReader();
      for (let some; (some = await ask(reader, "readEntries")).length; ) entries.push(...some);
      entries.sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const entry of entries) {
        if (entry.isDirectory) await walk(entry);
        else found.push({ name: entry.fullPath.slice(1), file: await ask(entry, "file") });
      }
    }
    for (const { file, folder } of now) {
      if (folder?.isDirectory) await walk(folder);
      else if (file) found.push({ name: file.name, file });
    }
    return found;
  }

  // What the user does.

  query.addEventListener("input", () => {
    answer();
    remember();
  });
  query.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    // Several lines are a log.
    if (!text.trim().includes("\n")) return;
    event.preventDefault();
    part("paste").open = true;
    part("log").value = text;
    scanText();
  });
  part("ask").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", fromAddress);
  // A link to the address that is there already would be no change.
  addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#q="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearTimeout(remembering);
    history.pushState(null, "", link.hash);
    fromAddress();
    scrollTo(0, 0);
    query.focus();
  });

  part("copy-link").addEventListener("click", (event) =>
    copy(event.target, location.href.split("#")[0] + address(query.value.trim())));
  part("copy-markdown").addEventListener("click", (event) => copy(event.target, wasm_bindgen.answer_markdown(query.value.trim())));
  part("copy-json").addEventListener("click", (event) => copy(event.target, wasm_bindgen.answer_json(query.value.trim())));

  const scanText = () => part("log").value.trim() && scan([{ name: "the pasted text", text: part("log").value }]);
  part("scan-text").addEventListener("click", scanText);
  part("files").addEventListener("change", ({ target }) => {
    scan([...target.files].map((file) => ({ name: file.name, file })));
    target.value = "";
  });
  part("redacts").addEventListener("change", () => part("result").hidden || scan(inputs));
  part("cancel").addEventListener("click", () => {
    stop();
    say("Cancelled");
  });
  part("save-json").addEventListener("click", () => begin(true, ({ result }) => save(result, "intune-err.json")));
  part("save-report").addEventListener("click", () => save(report, "intune-err-report.html"));

  // A link in the report counts from this page's address, so it is followed by hand: one to a part of the report, and one to a source.
  part("report").addEventListener("load", ({ target }) => {
    const shown = target.contentWindow;
    takesFiles(shown);
    shown.addEventListener("click", (event) => {
      const address = event.target.closest("a")?.getAttribute("href");
      if (!address) return;
      event.preventDefault();
      if (address.startsWith("#")) shown.location.hash = address;
      else open(address, "_blank", "noopener,noreferrer");
    });
  });

  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  // The report is a page in the page, and files can be dropped on it as well.
  function takesFiles(place) {
    place.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      document.body.classList.add("drop");
    });
    place.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) document.body.classList.remove("drop");
    });
    place.addEventListener("drop", async (event) => {
      document.body.classList.remove("drop");
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (!library) return;
      try {
        scan(await dropped(event.dataTransfer.items));
      } catch (error) {
        part("trouble").textContent = `The folder could not be read: ${error.message} Drop the files in it, or a .zip of it.`;
      }
    });
  }
  takesFiles(window);

  // From a server the page can be installed, and opens without a network from then on.
  function install() {
    if (!location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
    const manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = "intune-err.webmanifest";
    document.head.append(manifest);
    // A host without the second file has a page that can't be installed, and nothing else is missing.
    navigator.serviceWorker.register("intune-err-worker.js").catch(() => {});
  }

  async function start() {
    try {
      library = await unpack();
      await wasm_bindgen({ module_or_path: library });
    } catch (error) {
      part("trouble").textContent = `This browser can't run the page: ${error.message}`;
      return;
    }
    for (const id of ["query", "files", "scan-text"]) part(id).disabled = false;
    part("about").textContent = wasm_bindgen.about();
    query.focus();
    fromAddress();
    document.documentElement.dataset.ready = "yes";
    install();
    // The first search reads the table once; the first key press need not wait for it.
    setTimeout(() => wasm_bindgen.answer_html("warm up"));
  }

  start();
}

if (typeof document === "undefined") worker();
else page(document.currentScript.textContent);
