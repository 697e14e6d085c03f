"""docs/torture.md from the results of a run: report.py RESULTS_FOLDER SOAK_LOG.

The figures of a run are kept in docs/torture.json, so that one test that was run again changes its own lines only.
"""

import json
import os
import pathlib
import platform
import statistics
import sys
import time

DOCS = pathlib.Path("docs")
# A memory that grows by more than this an hour, after the first quarter of an hour, is not flat.
FLAT_MEGABYTES_AN_HOUR = 8


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def collect(folder, soak_log, figures):
    """Takes over what the folder has; each test with the time it ended and the build it tried."""
    build, built = read(folder / "build.json"), folder / "build.json"
    names = ["tests", "full-disk", "network", "two", "places", "clock", "scanner", "limits", "hostile", "ends", "fuzz"]
    found = {name: (folder / f"{name}.json") for name in names}
    found = {name: (read(path), path) for name, path in found.items() if path.exists()}
    kills = sorted(folder.glob("kill-[0-9]*.json"))
    if kills:
        found["kill"] = (merged_kills([read(path) for path in kills]), kills[-1])
    if soak_log.exists():
        found["soak"] = (soak(soak_log), soak_log)
    for name, (result, path) in found.items():
        if result is None:
            continue
        old = figures.get(name, {})
        if old.get("result") != result:
            at = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(path.stat().st_mtime))
            figures[name] = {"at": at, "result": result}
            # What was tried before this program was built, or tries the tests' own build, does not speak of it.
            if build and name not in ("tests", "fuzz") and path.stat().st_mtime >= built.stat().st_mtime:
                figures[name]["build"] = f"profile {build['profile']}, commit {build['commit']}"
    figures["machine"] = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Xvfb, OpenGL in software"
    return figures


def merged_kills(parts):
    parts = [part for part in parts if part]
    losses = sorted(loss for part in parts for loss in part["losses"])
    total = lambda key: sum(part[key] for part in parts)
    hundredth = lambda percent: losses[min(len(losses) - 1, len(losses) * percent // 100)]
    return {
        "desks": len(parts), "rounds": total("rounds"), "typing": total("typing"), "opening": total("opening"),
        "keys": total("keys"), "lost_keys": total("lost_keys"), "copy_ahead": total("copy_ahead"),
        "copy_behind": total("copy_behind"), "temporary_files_left": total("temporary_files_left"),
        "median": round(statistics.median(losses), 2), "p99": hundredth(99), "worst": losses[-1],
        "nothing_lost": sum(loss == 0 for loss in losses),
        "failures": [line for part in parts for line in part["failures"]],
    }


def soak(log):
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    minutes = [line for line in lines if line["what"] in ("minute", "end")]
    failed = [line["why"] for line in lines if line["what"] == "failed"]
    if not minutes:
        return None
    last, settled = minutes[-1], [line for line in minutes if line["secs"] >= 900] or minutes
    hours = max(settled[-1]["secs"] - settled[0]["secs"], 1) / 3600
    return {
        "minutes": round(last["secs"] / 60), "ended": any(line["what"] == "end" for line in lines), "failed": failed,
        "keys": last["keys"], "texts": last["texts"], "rounds": last["rounds"],
        "slowest_save_secs": last["slowest_save_secs"],
        "first_mb": round(minutes[0]["rss_kb"] / 1024, 1), "settled_mb": round(settled[0]["rss_kb"] / 1024, 1),
        "last_mb": round(last["rss_kb"] / 1024, 1), "peak_mb": round(last["peak_kb"] / 1024, 1),
        "growth_mb_an_hour": round((settled[-1]["rss_kb"] - settled[0]["rss_kb"]) / 1024 / hours, 1),
        "threads": [settled[0]["threads"], last["threads"]], "open_files": [settled[0]["open_files"], last["open_files"]],
        "samples": [[round(line["secs"] / 60), round(line["rss_kb"] / 1024, 1)] for line in minutes[::10]],
    }


# ------------------------------------------------------------ the words

def summary(figures):
    """The table on top: what a clerk would be afraid of, how often it was tried, what was lost."""
    get = lambda name: (figures.get(name) or {}).get("result")
    tests, kill, disk, two = get("tests") or {}, get("kill"), get("full-disk"), get("two")
    if kill:
        tried = f"実際の画面で文字を打っている最中に{kill['typing']:,}回、開いている最中に{kill['opening']:,}回、強制終了"
        yield "突然の強制終了（プログラムが落ちた場合に相当）", tried, \
            f"失われた打鍵は最大{kill['worst']:.2f}秒分（中央値{kill['median']:.2f}秒）。ファイルは毎回開けた（失敗{len(kill['failures'])}回）"
    if tests:
        yield "ディスクの故障", f"保存の手順（{tests['calls_of_a_save']}手順）のどこか一つが失敗する場合を" \
            f"{tests['faults_of_a_write'] + tests['faults_of_a_save']}通り", "元の文書か新しい文書のどちらかが必ず完全に残った"
    if disk and disk.get("full_disk"):
        yield "ディスクの満杯", f"空きブロック数を一つずつ変えて{disk['full_disk']}回（うち{disk['full_disk_refused']}回は書けず）", \
            "元の文書は無傷。空きを作ると保存できた"
    if tests.get("truncations"):
        yield "壊れたファイル", f"あらゆる位置での途切れ{tests['truncations']}通り、1ビットの変化{tests['flips']}通り、0で埋まった{tests['zeros']}通り", \
            f"黙って開いたものは0。控えを開いたか（変化のうち{tests['flips_copy']}通り）、「手で直されたか壊れています」と表示した（{tests['flips_said']}通り）。" \
            f"残り{tests['flips_same']}通りは説明文の行だけの変化で、内容は同じ"
        yield "プログラム自身の異常", "文字を打った直後、保存の前に、わざと異常を起こした", "打った文字は最後の一文字まで保存されていた"
    if tests.get("old_shapes"):
        n_shapes = tests["old_shapes"] + tests["old_shapes_with_pictures"]
        yield "以前の形式のファイル", f"これまでに書いたことのある{n_shapes}の形", "どれも注意書きなしで、書き込める状態で開いた"
    if tests.get("gap_saves"):
        yield "保存の途中に、ほかの人の保存が割り込む", f"保存の手順のどこに割り込んでも{tests['gap_saves']}通り。共有フォルダーのように、名前を一度に入れ替えられないディスクで{tests['gap_share_saves']}通り", \
            f"失われた内容{tests['gap_lost']}。入れ替えられないディスクでは、直前の確認と名前の付け替えの間の一手順だけが残る（{tests['gap_share_lost']}通り）"
    if tests.get("model_random"):
        of_all = ""
        if "model_orders_of_all" in tests:
            of_all = f"控えと見張りも加えた初めの{tests['model_depth_of_all']}回の順序すべて（{tests['model_orders_of_all']:,}通り）と一手順ずつの失敗や応答なし（{tests['model_faults_of_all']:,}通り）、"
        # Earlier runs tried the first decisions only, and each order for itself.
        orders = f"順序すべて（同じ状態に至るものを除いて{tests['model_orders']:,}通り）"
        if "model_states" not in tests:
            orders = f"初めの{tests['model_depth']}回の順序すべて（{tests['model_orders']:,}通り）"
        yield "二人の保存・控え・見張りが重なる（模型）", f"{orders}、一手順ずつの失敗や応答なし（{tests['model_faults']:,}通り）、{of_all}" \
            f"でたらめな順序と失敗{tests['model_random']:,}通り", f"失われた内容{tests['model_lost']}。保存直前の確認を外した模型では、{tests['model_mutant_found_after']}通り目で損失を見つけた"
    if tests.get("backup_ways"):
        yield "ファイルより新しい控えがある", f"画面とコマンドの開き方、場所の書き方（リンクなど）の組合せ{tests['backup_ways']}通り", f"控えを見つけて尋ねたか知らせた{tests['backup_found']}通り"
    ends = get("ends")
    if ends:
        yield "予告のない終了", f"入力の直後に、終了の信号{ends['signals']}種類と、画面（ディスプレイ）の消失", f"失われた文字{ends['lost']}"
    fuzz = get("fuzz")
    if fuzz:
        targets = [cost for cost in fuzz.values() if isinstance(cost, dict)]
        inputs = sum(cost["inputs"] for cost in targets)
        minutes = sorted({cost["seconds"] // 60 for cost in targets})
        each = f"各{minutes[0]}分" if len(minutes) == 1 else f"各{minutes[0]}～{minutes[-1]}分"
        yield "でたらめなファイル", f"{len(targets)}種類の読み込みに合計{inputs:,}件（{each}）", \
            f"異常終了{fuzz['crashes']}件。使った記憶容量は最大{max(cost['peak_mb'] for cost in targets)} MB"
    limits = get("limits")
    if limits:
        pdfs = [cost for name, cost in limits.items() if name.startswith("pdf_")]
        limits = {name: cost for name, cost in limits.items() if not name.startswith("pdf_")}
        hostile = get("hostile") or {"files": {str(number): cost for number, cost in enumerate(pdfs)}}
        pdfs = list(hostile["files"].values())
        if pdfs:
            yield "害を与えるように作られた PDF", f"{len(pdfs)}種類（読み取りの途中での「やめる」と強制終了も）", \
                f"すべて日本語で断った。使った記憶容量は最大{max(cost['megabytes'] for cost in pdfs)} MB、" \
                f"時間は最大{max(cost['secs'] for cost in pdfs):.1f}秒"
        exports = [cost for name, cost in limits.items() if name.startswith("export_")]
        limits = {name: cost for name, cost in limits.items() if not name.startswith("export_")}
        if exports:
            refused = sum(cost["code"] != 0 for cost in exports)
            yield "大きすぎる印刷", f"下書きとしては上限内の{len(exports)}種類", \
                f"{len(exports) - refused}種類は印刷し、{refused}種類は作る前に日本語で断った。" \
                f"使った記憶容量は最大{max(cost['megabytes'] for cost in exports)} MB、時間は最大{max(cost['secs'] for cost in exports):.0f}秒"
        yield "大きすぎる・深すぎるファイル", f"{len(limits)}種類（上限ちょうどの大きさで最も負担の重いものを含む）", \
            f"断るか開くかのどちらか。使った記憶容量は最大{max(cost['megabytes'] for cost in limits.values())} MB、" \
            f"時間は最大{max(cost['secs'] for cost in limits.values()):.0f}秒"
    if two:
        yield "二人が同じ文書を開く", "画面どうし、画面とコマンド、画面の外での書き換え", "誰が開いているかを表示。上書きは0回"
    clock, places, scanner, network = get("clock"), get("places"), get("scanner"), get("network")
    if clock:
        yield "時計のずれ", f"400日戻す・進めるなど{clock['clocks']}通り", f"失われた文字0、消えた版0（{clock['versions']}版）"
    if places:
        yield "場所", "USBメモリー（プログラムと同じ場所に保存）、372文字の日本語パス、書き込めないフォルダー" + \
            ("、読み取り専用のディスク、入力中に満杯になるディスク" if places["disks"] else ""), "打った文字はすべて文書か控えに残り、次にすることを日本語で表示"
    if scanner:
        yield "ウイルス対策ソフト（模擬）", f"新しいファイルをすぐ開いて0.7秒離さない常駐プログラム（{scanner['held']}回）のもとで{scanner['texts']}件の文章", \
            "すべて保存できた（Linux では開いているファイルの置き換えは妨げられない。下の注を参照）"
    if network:
        yield "通信", f"画面とコマンド{network['commands']}種類の動作を監視", f"ネットワークの通信口を開いた回数{network['network_sockets']}"
    long = get("soak")
    if long:
        state = "" if long["ended"] else "（途中の値）"
        yield f"長時間の使用{state}", f"{long['minutes']}分間、{long['keys']:,}回の打鍵、{long['texts']}件の文章をファイルから読み返して確認", \
            ("失われた文字0。" if not long["failed"] else f"失敗: {long['failed'][0]}。") + f"記憶容量は15分後{long['settled_mb']} MB、最後{long['last_mb']} MB（1時間あたり{long['growth_mb_an_hour']:+} MB）"


NOTES = """## この試験で分かること、分からないこと

- 画面の試験は Linux の仮想画面で行いました。Windows の実機では行っていません。Windows がウイルス対策ソフトや同僚の使用中に返す「アクセス拒否」「共有違反」（5・32）は、
  ディスクの代わりに置いた試験用の部品で再現し、最大約2秒待って保存し直すこと、それでも空かないときは別名で保存することを確かめています。
- 強制終了は `kill -9` です。コンピューターの電源を本当に切る試験はしていません。書き込みの順序（同期してから名前を替える）は、一手順ずつの試験で確かめています。
- 共有フォルダーが応答しない間は、このパソコンの控えだけに書き続けます。開く・取り込む・名前を付けて保存する・終了するときも画面は止まらず、待つのをやめられます。これは応答しないファイルを模した試験で確かめたもので、実際の共有フォルダーでは試していません。
- 1ビットの変化で文章の一文字が別の文字に変わったファイルは、手で直したファイルと区別できません。そのため勝手に控えへ替えず、「確認用の値が合いません」と知らせて開きます。
"""


def details(figures):
    """What was run, for developers: the command, the figures as they were measured."""
    commands = {
        "kill": "scripts/torture/kill.sh ROUNDS SEED", "tests": "cargo test --test program -- files:: torture:: --nocapture",
        "full-disk": "scripts/torture/full-disk.sh", "fuzz": "scripts/torture/fuzz.sh SECONDS", "two": "scripts/torture/two.sh",
        "clock": "scripts/torture/clock.sh", "places": "scripts/torture/places.sh", "scanner": "scripts/torture/scanner.sh TEXTS",
        "limits": "scripts/torture/limits.sh", "hostile": "scripts/torture/hostile.sh", "ends": "scripts/torture/ends.sh", "network": "scripts/torture/network.sh", "soak": "scripts/torture/soak.sh MINUTES LOG",
    }
    for name, command in commands.items():
        entry = figures.get(name)
        if not entry:
            yield f"### {name}\n\nNot run. `{command}`\n"
            continue
        build = f", {entry['build']}" if "build" in entry else ""
        yield f"### {name}\n\n`{command}` – {entry['at']}{build}\n"
        result = entry["result"]
        if name in ("limits", "hostile"):
            result = result.get("files", result)
            yield "| file | bytes | exit code | seconds | MB |\n|---|---|---|---|---|"
            for case, cost in result.items():
                yield f"| {case} | {cost['bytes']} | {cost.get('code', 2)} | {cost['secs']} | {cost['megabytes']} |"
            yield ""
            continue
        yield "| figure | value |\n|---|---|"
        for key, value in flat(result):
            yield f"| {key} | {value} |"
        yield ""


def flat(result, before=""):
    for key, value in result.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield before + key, value if value != [] else "none"


def main():
    folder, log = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    figures = collect(folder, log, read(DOCS / "torture.json") or {})
    (DOCS / "torture.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = [
        "# 文書は失われないか（過酷な試験の記録）", "",
        "評価書工房は、書きかけの文書を失わないことを約束しています。その約束を破らせようと、プログラムを突然終了させ、ディスクを満杯にし、ファイルを壊し、時計を狂わせた記録です。",
        "数字はすべて試験プログラムが測って書いたものです。同じ試験は `scripts/torture.sh long` で誰でも繰り返せます。", "",
        "| 心配なこと | 試したこと | 結果 |", "|---|---|---|",
        *(f"| {worry} | {tried} | {end} |" for worry, tried, end in summary(figures)), "",
        NOTES, "## Details, for developers", "", f"Machine: {figures['machine']}, shared with other work. A result stays here until its test is run again.", "",
        *details(figures),
    ]
    (DOCS / "torture.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    failed = list(failures(figures))
    print("\n".join(f"  FAILED: {line}" for line in failed) or "  docs/torture.md is written")
    sys.exit(1 if failed else 0)


def failures(figures):
    for name in ("kill",):
        yield from (figures.get(name) or {}).get("result", {}).get("failures", [])
    long = (figures.get("soak") or {}).get("result")
    if long:
        yield from long["failed"]
        if long["minutes"] >= 45 and long["growth_mb_an_hour"] > FLAT_MEGABYTES_AN_HOUR:
            yield f"the memory grows by {long['growth_mb_an_hour']} MB an hour"


main()
