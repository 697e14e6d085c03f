#!/usr/bin/env python3
"""Builds test books: a random invented draft, and an Excel book in which somebody has written it.

  FORMS=<folder of the yaml> python3 build.py SEED OUT_FOLDER [youshiki3]
  BOOK=empty …               the book is that of a draft with nothing in it (as many files), beside the JSON of the draft;
  BOOK=other …               it is that of another draft with as many files: what fill.sh fills
  MORE=1 …                   with the further habits of habits.py
  PRINT=1 …                  the same for printing (pdf.sh): columns and rows as wide and high as paper and text want, habits
                             of printing (PRINT_HABITS), nothing that is not printed

Written from the layout notes of the forms and the forms' own YAML alone; it shares nothing with the reader. A seed chooses the
form, the draft and the habits of the office (HABITS below), each by itself. Needs XlsxWriter and PyYAML.
Writes OUT/SEED.xlsx, OUT/SEED.json (the draft in the interchange format) and OUT/SEED.habits.json.
"""
import datetime, json, math, os, random, sys
import yaml, xlsxwriter

HABITS = {
    'grid': ['60', '40', '90', 'table'], 'inserted': [0, 0, 2], 'wrapped_labels': [0, 1], 'lead': ['', ' '],
    'star': ['　※', ' ※', '※'], 'narrow': [0, 0, 1], 'sheets': ['sections', 'sections', 'one', 'shuffled', 'numbered'],
    'mark': ['○', '〇', '●', 'レ', '✓', '◯'], 'box': ['cells', 'cells', 'joined', 'line'], 'choice': ['cells', 'joined', 'bare'],
    'typed_number': [0, 0, 1], 'list': ['cells', 'cells', 'one_cell'], 'split': [None, None, 'row', 'tsuzuki', 'right'],
    'notes': [None, 'right', 'row', 'both'], 'hidden': [0, 1], 'textbox': [0, 0, 1], 'sample': [0, 0, 1], 'yoryo': [0, 0, 1],
    'comments': [0, 1], 'folded': [0, 1], 'merged': [1, 1, 1, 0], 'excel_dates': [0, 0, 1], 'files': ['by_file', 'by_section'],
    'records': ['own', 'own', 'common'], 'struck': [0, 0, 1], 'date_merge': [0, 1], 'head_again': [0, 1], 'row_go_on': [0, 0, 1],
    'picture': [0, 0, 1],
}
# What offices do when they print; what stands in hidden rows, comments and unmerged narrow cells does not come onto paper.
PRINT_HABITS = {
    'footer': [None, '&P', '&P / &N ページ', '- &P -', '&L青嶺市&C&P'], 'header': [None, None, '&R様式第3号', '&L（案）&R&P'],
    'bold_labels': [0, 1], 'wide_page': [0, 0, 0, 1], 'high': [1.0, 1.0, 1.3], 'valign': ['vcenter', 'vcenter', 'top'],
    'repeat_head': [0, 1], 'tight': [0, 0, 0, 1],
}
NOT_PRINTED = {'hidden': 0, 'comments': 0, 'folded': 0, 'merged': 1, 'struck': 0, 'textbox': 0, 'picture': 0}
SUBJ = ['職員', '所管課', '本市', '委託先の従業者', 'システム管理者', '窓口の担当者', '情報政策課', '統括部門', '税務課', '住民']
OBJ = ['申請書を受け付け', '照会の結果を確認し', '操作の記録を残し', '台帳と突合し', '媒体を施錠して保管し', '権限を毎年見直し', '帳票を出力し',
       '異動の情報を反映し', '身分証の提示を受け', '入力の誤りを二人で点検し', '通信を暗号化し']
VERB = ['適切に管理する', '速やかに処理する', '記録簿に残す', '所属長の承認を得る', '対象者に通知する', '廃棄の証明を受け取る', '年一回の研修で周知する',
        '定期に検査する', '外部からの接続を遮断する', '必要な範囲に限って利用する']
NAMES = ['課税情報', '収納情報', '宛名情報', '給付情報', '資格情報', '口座情報', '滞納整理情報', '申告情報']


class Draft:
    """An invented draft of a form."""
    def __init__(s, form, rng):
        s.form, s.rng = form, rng
        s.per_file = [x for x in form['sections'] if x.get('per_file')]
        n = rng.choice([1, 1, 2, 3]) if s.per_file else 0
        names = rng.sample(NAMES, n)
        s.files = [{'name': x + 'ファイル', 'answers': {}} for x in names]
        s.answers, s.changes = {}, []
        for sec in form['sections']:
            if sec['id'] in ('toc', 'changes', 'cover') and sec['id'] != 'cover': continue
            for a in ([f['answers'] for f in s.files] if sec.get('per_file') else [s.answers]):
                for it in sec.get('items', []): s.fill(it, a)
        s.rows()

    def sentence(s): r = s.rng; return f"{r.choice(SUBJ)}が{r.choice(OBJ)}、{r.choice(VERB)}。"
    def block(s):
        r = s.rng; k = r.choice([1, 1, 2, 3, 5, 9]); style = r.choice(['plain', 'bullets', 'circled', 'angle'])
        out = []
        for i in range(k):
            t = ''.join(s.sentence() for _ in range(r.choice([1, 1, 2, 4])))
            out.append({'plain': '　', 'bullets': '・', 'circled': '①②③④⑤⑥⑦⑧⑨'[i], 'angle': f'＜{r.choice(SUBJ)}における措置＞\n　'}[style] + t)
        return '\n'.join(out)
    def date(s): r = s.rng; return f"令和{r.randint(2, 7)}年{r.randint(1, 12)}月{r.randint(1, 28)}日"

    def fill(s, d, a):
        r, k = s.rng, d['kind']
        if k == 'group':
            for x in d['items']: s.fill(x, a)
            return
        if k == 'repeat':
            n = r.choice([0, 1, 1, 2, 3, 6]); es = []
            for _ in range(n):
                e = {}
                for x in d['items']: s.fill(x, e)
                es.append(e)
            if es: a[d['id']] = es
            return
        if d.get('fixed') or d.get('derived') or 'file_name' in d['id'] or d['id'] in ('basic.files',): return
        if r.random() < .08: return
        if k == 'text_line': a[d['id']] = r.choice(['', '青嶺市　']) + r.choice(NAMES) + r.choice(['に関する事務', 'システム', '担当', 'の管理（第2号）'])
        elif k in ('text_block', 'records'):
            a[d['id']] = s.block() if k == 'text_block' else '\n'.join(f'{i + 1}　{r.choice(NAMES)}の{x}' for i, x in enumerate(r.sample(['氏名', '住所', '生年月日', '宛名番号', '税額', '期別', '口座番号', '紙', '個人番号', '異動日'], 6)))
        elif k == 'date': a[d['id']] = s.date()
        elif k == 'choice': a[d['id']] = r.choice(d['options'])['n']
        elif k == 'check':
            if r.random() < .4: a[d['id']] = True
        elif k == 'count': a[d['id']] = r.randint(1, 20)
        elif k == 'checks':
            opts = [o for g in (d.get('groups') or [d]) for o in g['options']]
            m = {'marked': [o['key'] for o in opts if r.random() < .45]}
            for o in opts:
                if o['key'] in m['marked']:
                    if o.get('free_text') and r.random() < .9: m[o['key']] = r.choice(NAMES) + r.choice(['の担当課', '（第3条）の窓口', '、電子メールほか'])
                    if o.get('count'): m[o['key'] + '_count'] = r.randint(1, 30)
            a[d['id']] = m

    def rows(s):
        r = s.rng; day = s.date(); labels = ['Ⅰ１②事務の内容', 'Ⅱ４ 委託事項１①委託内容', 'Ⅲ２ リスクに対する措置の内容', '①法令上の根拠', 'Ⅳ 開示請求、問合せ', '請求先']
        for _ in range(r.choice([0, 1, 4, 9])):
            if r.random() < .6: day = s.date()
            s.changes.append({'date': day, 'item': r.choice(labels), 'before': s.block() if r.random() < .85 else '', 'after': s.block(),
                              'timing': r.choice(['事前', '事後']), 'reason': s.sentence() if r.random() < .7 else ''})

    def json(s): return {'form': s.form['form'], 'revision': s.form['revision_id'], 'answers': s.answers, 'files': s.files, 'changes': s.changes}


class Book:
    """One office's way to write it into Excel."""
    def __init__(s, draft, habits, rng, path):
        s.d, s.h, s.rng, s.form = draft, habits, rng, draft.form
        s.wb = xlsxwriter.Workbook(path); s.W = {'60': 60, '40': 40, '90': 90, 'table': 12}[habits['grid']]; s.V = max(3, s.W // 4)
        s.cut = set(rng.sample(range(2, s.W - 2), 2)) if habits['inserted'] else set()
        s.f = {k: s.wb.add_format({'text_wrap': True, 'valign': 'vcenter', 'border': 1, **v}) for k, v in
               {'v': s.face(), 'l': {'bg_color': '#EEEEEE', **s.face('bold_labels')}, 'r': {'font_color': '#FF0000'}, 's': {'font_strikeout': True}}.items()}
        s.fd = s.wb.add_format({'num_format': '[$-411]ggge"年"m"月"d"日"', 'border': 1})
        s.ws = None; s.n = 0; s.r = 0; s.hide = False; s.filled = 0

    def face(s, bold=None):
        h = s.h
        return {} if not h.get('print') else {'font_size': 9, 'font_name': 'IPAPGothic', 'valign': h['valign'], 'bold': bool(bold and h[bold])}
    def page(s):
        """How the sheet is printed."""
        h, ws = s.h, s.ws
        n = s.W + len(s.cut)
        for c in range(n): ws.set_column(c, c, 84 / n)
        ws.set_paper(9); ws.fit_to_pages(1, 0); ws.set_margins(.5, .5, .7, .7)
        if h['wide_page']: ws.set_landscape()
        if h['footer']: ws.set_footer(h['footer'])
        if h['header']: ws.set_header(h['header'])
        s.wants, s.chars = {}, 84 / n
    def want(s, r1, c1, r2, c2, text):
        """Rows are as high as their text wants."""
        wide = sum(1 for c in range(s.c(c1), s.c(c2) + 1)) * s.chars * .98 - 1
        ems = lambda t: sum(1.85 if ord(c) > 0x2E7F or c in '①②③④⑤⑥⑦⑧⑨○●◯✓' else 1 for c in t)
        n = sum(max(1, math.ceil(ems(p) / max(wide, 1.9))) for p in text.split('\n'))
        high = n * 11.6 * s.h['high'] + 5
        if s.h['tight'] and n > 3 and s.rng.random() < .1: high *= .7
        for r in range(r1, r2 + 1): s.wants[r] = max(s.wants.get(r, 14), high / (r2 - r1 + 1))
    def heights(s):
        for r, high in getattr(s, 'wants', {}).items(): s.ws.set_row(r, min(409, high))
        s.wants = {}
    def sheet(s, name):
        if s.h['sheets'] == 'one' and s.ws is not None: s.r += s.rng.choice([0, 2]); return
        s.n += 1
        if s.ws is not None: s.heights()
        s.ws = s.wb.add_worksheet(f'Sheet{s.n}' if s.h['sheets'] == 'numbered' else name[:28]); s.r = 0
        if s.h.get('print'): s.page()
    def c(s, c): return c + sum(1 for x in s.cut if x <= c)
    def put(s, r1, c1, r2, c2, text, f='v'):
        a, b = s.c(c1), s.c(c2)
        if isinstance(text, datetime.date):
            s.ws.merge_range(r1, a, r2, b, '', s.fd) if s.h['merged'] and (r1, a) != (r2, b) else None
            s.ws.write_datetime(r1, a, datetime.datetime(text.year, text.month, text.day), s.fd); return
        if s.h.get('print'): s.want(r1, c1, r2, c2, text)
        if s.h['merged'] and (r1, a) != (r2, b):
            try: s.ws.merge_range(r1, a, r2, b, '', s.f[f])
            except xlsxwriter.exceptions.OverlappingRange: pass       # a note stands in the middle: left as single cells
        if text != '': s.write(r1, a, text, f)
    def write(s, r, a, text, f): s.ws.write_string(r, a, text, s.f[f])
    def rows(s, n=1):
        r = s.r
        for i in range(n):
            if s.hide: s.ws.set_row(r + i, None, None, {'hidden': True, 'level': 1})
        s.r += n; return r

    # -- words
    def label(s, d):
        no, lab = d.get('no', '') or '', d.get('label', '') or ''
        if not lab and d.get('label_lines'): lab = '\n'.join(d['label_lines'])
        if s.h['narrow']: no = no.replace('．', '.').translate(str.maketrans('１２３４５６７８９０', '1234567890'))
        t = no + lab
        if s.h['wrapped_labels'] and len(t) > 13: t = '\n'.join(t[i:i + 12] for i in range(0, len(t), 12))
        return s.h['lead'] + t + (s.h['star'] if d.get('star') is True else '')

    def noise(s):
        """What colleagues leave between two rows."""
        h, r = s.h, s.rng
        if s.hide: return
        if h['notes'] in ('row', 'both') and r.random() < .08:
            s.put(s.rows(), 0, s.r - 1, s.W - 1, r.choice(['※この欄は情報政策課に確認すること', '（注）昨年度の修正を反映済み', '（メモ）法務担当へ照会中']))
        if h['hidden'] and r.random() < .06:
            row = s.rows(); s.put(row, s.V, row, s.W - 1, '旧：' + s.d.sentence()); s.ws.set_row(row, None, None, {'hidden': True})

    def beside(s, row):
        if s.h['notes'] in ('right', 'both') and s.rng.random() < .07: s.ws.write_string(row, s.c(s.W - 1) + s.rng.choice([1, 2]), s.rng.choice(['要確認', '→ 山田さんへ', '昨年と同じ']))
        if s.h['comments'] and s.rng.random() < .03: s.ws.write_comment(row, s.c(s.V), '課長: ここは書き直すこと')

    def value(s, r1, c1, r2, c2, text, d, above):
        """A text answer: in one cell, or however this office writes it."""
        h, r = s.h, s.rng; s.filled += 1
        if not text: s.put(r1, c1, r2, c2, ''); return
        if d['kind'] == 'date' and h['excel_dates']:
            y, m, dd = [int(x) for x in text.replace('令和', '').replace('年', ' ').replace('月', ' ').replace('日', '').split()]
            s.put(r1, c1, r2, c2, datetime.date(2018 + y, m, dd)); return
        tail = d.get('suffix') or ''
        if tail: text = text + r.choice(['　', '']) + tail
        if d['kind'] != 'text_block': s.put(r1, c1, r2, c2, text); return
        if h['textbox'] and len(text) > 150 and r.random() < .4:
            s.put(r1, c1, r2, c2, ''); s.ws.insert_textbox(r1, s.c(c1), text, {'width': 200, 'height': 15, 'object_position': 1}); return
        if h['yoryo'] and r.random() < .1: s.put(r1, c1, r2, c2, text + '\n【記載要領】この欄には具体的な措置を記載すること。'); return
        if h['struck'] and r.random() < .1:
            s.put(r1, c1, r2, c2, ''); s.ws.write_rich_string(r1, s.c(c1), s.f['s'], '削除する旧い文。', text, s.f['v']) ; return
        if h['split'] and r.random() < .2 and len(text) > 40:
            lines = text.split('\n'); k = max(1, len(lines) // 2)
            a, b = ('\n'.join(lines[:k]), '\n'.join(lines[k:])) if len(lines) > 1 else (text[:len(text) // 2], text[len(text) // 2:])
            if h['split'] == 'right' and c2 - c1 > 4:
                mid = (c1 + c2) // 2; s.put(r1, c1, r2, mid, a); s.put(r1, mid + 1, r2, c2, b); return
            s.put(r1, c1, r2, c2, a); row = s.rows()
            if h['split'] == 'tsuzuki' and not above: s.put(row, 0, row, s.V - 1, '（続き）', 'l')
            s.put(row, c1, row, c2, b); return
        s.put(r1, c1, r2, c2, text)
        if h['sample'] and r.random() < .06:
            row = s.rows(); s.put(row, c1, row, c2, '【例】標準の文をここに書く。' + s.d.sentence(), 'r')

    # -- drawing
    def draw(s):
        secs = {x['id']: x for x in s.form['sections']}; asm = s.form['assembly']; plan = []
        per = [x['id'] for x in s.d.per_file]
        for i in asm['order']:
            if i in ('per_file', '{per_file}') or i not in secs:
                if s.h['files'] == 'by_file': plan += [(secs[p], k) for k in range(len(s.d.files)) for p in per]
                else: plan += [(secs[p], k) for p in per for k in range(len(s.d.files))]
            elif i in per: continue
            else: plan.append((secs[i], None))
        if not any(k is not None for _, k in plan) and per:
            at = 3; plan[at:at] = [(secs[p], k) for k in range(len(s.d.files)) for p in per]
        if s.h['records'] == 'common' and len(s.d.files) > 1:
            recs = [x for x in plan if x[0]['id'] == 'records']
            plan = [x for x in plan if x not in recs[1:]]
        if s.h['sheets'] == 'shuffled':
            head, tail = plan[:2], plan[2:]
            groups = [p for p in tail]; s.rng.shuffle(groups)
            if s.d.files and len(s.d.files) > 1: groups = tail[::-1] if False else sorted(groups, key=lambda p: (p[1] or 0))
            plan = head + groups
        for sec, k in plan: s.section(sec, k)
        s.heights(); s.wb.close()

    def section(s, sec, k):
        name = sec['title'].strip().split('※')[0].replace('　', '')[:20].translate(str.maketrans('', '', '[]:*?/\\')) if sec['id'] != 'cover' else '表紙'
        if k is not None and len(s.d.files) > 1: name += f'({k + 1})'
        s.sheet(name)
        ans = s.d.answers if k is None else {**s.d.files[k]['answers'], 'overview.file_name': s.d.files[k]['name'], 'risk.file_name': s.d.files[k]['name']}
        if k is None: ans = {**ans, 'basic.files': '\n'.join(f['name'] for f in s.d.files)}
        if sec['id'] == 'cover': return s.cover(sec, ans)
        if sec['id'] == 'changes': return s.changes(sec)
        s.put(s.rows(), 0, s.r - 1, s.W - 1, sec['title'])
        if sec['id'] == 'toc':
            for t in sec['static_lines']: s.put(s.rows(), 2, s.r - 1, s.W - 3, t)
            return
        if sec['id'] == 'records' and s.h['records'] == 'common' and len(s.d.files) > 1:
            txt = '\n'.join(f"＜{f['name']}＞\n{f['answers'].get('records.items', '')}" for f in s.d.files)
            for f in s.d.files:
                if f['answers'].get('records.items'): f['answers']['records.items'] = f"＜{f['name']}＞\n" + f['answers']['records.items']
                else: f['answers']['records.items'] = f"＜{f['name']}＞"
            s.put(s.rows(), 0, s.r - 1, s.W - 1, txt); return
        s.items(sec['items'], ans)

    def cover(s, sec, ans):
        s.put(s.rows(), 0, s.r - 1, s.W - 1, sec['title']); h = s.W // 5; its = {x['id']: x for x in sec['items']}
        if s.rng.random() < .5:
            r = s.rows(); s.put(r, 0, r, h - 1, s.label(its['cover.number']), 'l'); s.put(r, h, r, s.W - 1, s.label(its['cover.name']), 'l')
            r = s.rows(); s.put(r, 0, r, h - 1, ans.get('cover.number', '')); s.put(r, h, r, s.W - 1, ans.get('cover.name', ''))
        else:
            for i in ('cover.number', 'cover.name'): r = s.rows(); s.put(r, 0, r, s.V - 1, s.label(its[i]), 'l'); s.put(r, s.V, r, s.W - 1, ans.get(i, ''))
        side = s.rng.random() < .5
        for d in sec['items'][2:]:
            if side and d['id'] != 'cover.declaration': r = s.rows(); s.put(r, 0, r, s.V - 1, s.label(d), 'l'); s.value(r, s.V, r, s.W - 1, ans.get(d['id'], ''), d, False)
            else: r = s.rows(); s.put(r, 0, r, s.W - 1, s.label(d), 'l'); r = s.rows(); s.value(r, 0, r, s.W - 1, ans.get(d['id'], ''), d, True)
        r = s.rows(2); s.put(r + 1, s.W * 2 // 3, r + 1, s.W - 1, s.form['revision'])

    def items(s, ds, ans, indent=0):
        for d in ds:
            k, lay = d['kind'], d.get('layout', 'left'); s.noise()
            if k == 'group':
                if lay in ('heading', 'risk'):
                    boxes = [x for x in d['items'] if x['kind'] == 'check' and x.get('layout') == 'in_heading']
                    r = s.rows()
                    if boxes:
                        m = s.W // 2; s.put(r, 0, r, m - 1, s.label(d), 'l'); w = (s.W - m) // len(boxes)
                        for j, b in enumerate(boxes): s.mark(r, m + j * w, m + (j + 1) * w - 1, bool(ans.get(b['id'])), b['label'])
                    else: s.put(r, 0, r, s.W - 1, s.label(d), 'l')
                    s.items([x for x in d['items'] if x not in boxes], ans)
                elif lay == 'side':
                    r = s.r; s.items(d['items'], ans, 1); n = s.r - r
                    if s.h['merged'] and n > 1: s.put(r, 0, s.r - 1, 0, '再\n委\n託', 'l')
                    else:
                        for i, ch in enumerate('再委託'[:n]): s.ws.write_string(r + i, 0, ch)
                else:
                    r = s.r; s.items(d['items'], ans, max(1, s.V // 2)); s.put(r, 0, s.r - 1, max(1, s.V // 2) - 1, s.label(d), 'l')
            elif k == 'repeat': s.repeat(d, ans)
            elif k == 'choice': s.choice(d, ans, indent or (1 if lay == 'nested' else 0), ds, lay)
            elif k == 'checks': s.checks(d, ans.get(d['id']) or {'marked': []}, indent)
            elif k in ('count', 'check', 'figure'): pass
            elif d.get('in_cell_of'): pass
            elif k == 'records': r = s.rows(); s.put(r, 0, r, s.W - 1, ans.get(d['id'], ''))
            elif lay == 'above':
                s.put(s.rows(), 0, s.r - 1, s.W - 1, s.label(d), 'l'); r = s.rows(); s.value(r, 0, r, s.W - 1, ans.get(d['id'], ''), d, True)
            else:
                if not d.get('label'): continue
                n = s.rng.choice([1, 1, 2]) if s.h['merged'] else 1; r = s.rows(n); c = indent or (1 if lay == 'nested' else 0)
                s.put(r, c, r + n - 1, s.V - 1, s.label(d), 'l'); s.beside(r)
                s.value(r, s.V, r + n - 1, s.W - 1, d.get('fixed') or ans.get(d['id'], '') or '', d, False)

    def repeat(s, d, ans):
        es = ans.get(d['id']) or []
        n = max(d.get('max') or 20, len(es)) if s.h['folded'] else max(1, len(es))
        if d.get('layout') == 'heading': s.put(s.rows(), 0, s.r - 1, s.W - 1, s.label(d), 'l')
        heads = dict(zip(d.get('paging_starts') or [], d.get('paging_headings') or []))
        for i in range(n):
            if i + 1 in heads: s.hide = False; s.put(s.rows(), 0, s.r - 1, s.W - 1, heads[i + 1], 'l')
            s.hide = i >= max(1, len(es)); e = es[i] if i < len(es) else {}
            t = d['instance_title'].replace('{n}', str(i + 1)); r = s.rows()
            if d.get('title_item'):
                s.put(r, 0, r, s.V - 1, s.h['lead'] + t, 'l'); s.put(r, s.V, r, s.W - 1, e.get(d['title_item'], ''))
            else: s.put(r, 0, r, s.W - 1, s.h['lead'] + t, 'l')
            s.items([x for x in d['items'] if x['id'] != d.get('title_item')], e)
        s.hide = False
        for st, t in heads.items():
            if st > n: s.put(s.rows(), 0, s.r - 1, s.W - 1, t, 'l')

    def choice(s, d, ans, indent, sib, lay):
        h = s.h; p = d.get('print') or {'list': None, 'grid': [], 'marker': '1） '}
        opt = {o['n']: o['label'] for o in d['options']}; n = ans.get(d['id']); v = opt.get(n, '')
        if v and h['typed_number']: v = f'{n}）{v}'
        v = s.chosen(d, n, v)
        cnt = next((x for x in sib if x.get('in_cell_of') == d['id']), None); below = p.get('list') == 'below'
        grid = [[o] for o in opt] if h['grid'] == 'table' else p['grid']
        if h['list'] == 'one_cell' and grid: grid = [['all']]
        k = 1 + len(grid); r = s.rows(k); top = lay in ('heading', 'above') and d.get('no', '').endswith('．')
        if top: s.put(r, 0, r, s.W - 1, s.label(d), 'l'); r2 = s.rows(k); r = r2
        else: s.put(r, indent, r + k - 1, s.V - 1, s.label(d), 'l')
        e = s.W - 2 if below or not grid else s.V + max(3, (s.W - s.V) * 2 // 5)
        rb = r if below else r + k - 1
        if not grid: s.put(r, s.V, rb, e, v)
        elif h['choice'] == 'cells' and h['grid'] != 'table':
            s.put(r, s.V, rb, s.V, '['); s.put(r, s.V + 1, rb, e - 1, v); s.put(r, e, rb, e, ']')
        elif h['choice'] == 'bare': s.put(r, s.V, rb, e, v)
        else: s.put(r, s.V, rb, e, s.rng.choice([f'[ {v} ]', f'[{v}]', f'［　{v}　］']))
        c0 = s.V + 1 if below else e + 1
        title = '<選択肢>' if h['narrow'] else '＜選択肢＞'
        if grid and h['list'] == 'one_cell':
            s.put(r + (1 if below else 0), c0, r + k - 1, s.W - 1, title + '\n' + '\n'.join(s.option(p, o, opt, n) for o in opt))
        elif grid:
            if not below: s.put(r, c0, r, s.W - 1, title)
            for i, g in enumerate(grid):
                w = max(1, (s.W - c0) // len(g))
                for j, o in enumerate(g): s.put(r + 1 + i, c0 + j * w, r + 1 + i, min(s.W - 1, c0 + (j + 1) * w - 1), s.option(p, o, opt, n))
        if cnt is not None:
            r = s.rows(); v = ans.get(cnt['id'])
            if cnt['kind'] == 'count': s.put(r, s.V, r, s.W - 1, f"（ {'' if v is None else v} ）　件")
            else: b, a = cnt.get('before', '（手数料額、納付方法：'), cnt.get('after', '）'); s.put(r, s.V, r, s.W - 1, f"{b}{v or ''}{a}")

    def chosen(s, d, n, v): return v
    def option(s, p, o, opt, n): return p['marker'].replace('1', str(o)) + opt[o]

    def mark(s, r, c1, c2, on, label, tail=''):
        """[ ○ ] 紙, cut into cells as this office does."""
        h = s.h; m = h['mark'] if on else ''
        if h['box'] == 'line' or c2 - c1 < 5: s.put(r, c1, r, c2, f"[ {m or '  '} ] {label}{tail}")
        elif h['box'] == 'joined': s.put(r, c1, r, c1 + 1, f'[{m or "　"}]'); s.put(r, c1 + 2, r, c2, label + tail)
        else:
            s.put(r, c1, r, c1, '['); s.put(r, c1 + 1, r, c1 + 1, m); s.put(r, c1 + 2, r, c1 + 2, ']'); s.put(r, c1 + 3, r, c2, label + tail)

    def checks(s, d, val, indent):
        r0 = s.r; on = val['marked']
        for g in d.get('groups') or [d]:
            if g is not d and g.get('label'): s.put(s.rows(), s.V, s.r - 1, s.W - 1, g['label'])
            by = {o['key']: o for o in g['options']}; grid = [[x] for row in g['grid'] for x in row] if s.h['grid'] == 'table' else g['grid']
            for row in grid:
                r = s.rows(); w = (s.W - s.V) // len(row)
                for j, key in enumerate(row):
                    o = by[key]; a, b = s.V + j * w, s.V + (j + 1) * w - 1
                    if o.get('free_text'):
                        close = o.get('free_text_close', '）'); t = val.get(key, '')
                        if s.h['box'] == 'cells' and b - a > 20:
                            e = b - 12; s.mark(r, a, e - 1, key in on, o['label']); s.put(r, e, r, e, '（'); s.put(r, e + 1, r, b - 1, t); s.put(r, b, r, b, close)
                        else: s.mark(r, a, b, key in on, o['label'], f'（ {t} {close}')
                    elif o.get('count'): s.mark(r, a, b, key in on, o['label'], f"（ {val.get(key + '_count', '')} ） 件")
                    else: s.mark(r, a, b, key in on, o['label'])
        s.put(r0, indent, s.r - 1, s.V - 1, s.label(d), 'l')

    def changes(s, sec):
        h = s.h
        s.put(s.rows(), 0, s.r - 1, s.W - 1, sec['title']); cols = sec['items'][0]['columns']; n = len(cols)
        edge = [0, s.W // 8, s.W // 4, s.W // 2, s.W * 3 // 4, s.W * 7 // 8, s.W] if s.W > 12 else [0, 2, 4, 6, 8, 10, 12]
        def head():
            r = s.rows()
            for i, c in enumerate(cols): s.put(r, edge[i], r, edge[i + 1] - 1, c['label'], 'l')
        if h.get('print') and h['repeat_head'] and h['sheets'] != 'one': s.ws.repeat_rows(s.r)
        head(); i = 0; rows = s.d.changes
        while i < len(rows):
            if h['head_again'] and i and i % 4 == 0: head()
            same = 1
            if h['date_merge'] and h['merged']:
                while i + same < len(rows) and rows[i + same]['date'] == rows[i]['date'] and not (h['head_again'] and (i + same) % 4 == 0): same += 1
            first = s.r
            for k in range(same):
                row = rows[i + k]; r = s.rows(); go = h['row_go_on'] and same == 1 and '\n' in row['after']
                vals = [row[x] for x in ('date', 'item', 'before', 'after', 'timing', 'reason')]; rest = None
                if go: vals[3], rest = row['after'].split('\n', 1)
                for j, v in enumerate(vals):
                    if j == 0 and same > 1: continue
                    if v: s.put(r, edge[j], r, edge[j + 1] - 1, v)
                if go: r = s.rows(); s.put(r, edge[3], r, edge[4] - 1, rest)
            if same > 1: s.put(first, 0, s.r - 1, edge[1] - 1, rows[i]['date'])
            i += same


def another(draft, rng, kind):
    """What stood in the book before it is filled: nothing, or another draft."""
    other = Draft(draft.form, rng)
    while other.per_file and len(other.files) != len(draft.files): other = Draft(draft.form, rng)
    if kind == 'other':
        # As many blocks as the draft has: what is missing is refused.
        for answers, known in [(other.answers, draft.answers)] + [(f['answers'], g['answers']) for f, g in zip(other.files, draft.files)]:
            for k, v in known.items():
                if isinstance(v, list): answers[k] = (answers.get(k) or []) + [{} for _ in range(len(v) - len(answers.get(k) or []))]
    if kind == 'empty':
        # Blocks stand there, as many as the draft has, with nothing in them.
        blocks = lambda answers: {k: [{} for _ in v] for k, v in answers.items() if isinstance(v, list)}
        other.answers, other.changes = blocks(draft.answers), []
        for f, known in zip(other.files, draft.files): f['name'], f['answers'] = '', blocks(known['answers'])
    return other


def main():
    seed, out = sys.argv[1], sys.argv[2]; rng = random.Random('book ' + seed)
    name = sys.argv[3] if len(sys.argv) > 3 else rng.choice(['youshiki3', 'youshiki3', 'youshiki4', 'youshiki2'])
    form = yaml.safe_load(open(os.path.join(os.environ['FORMS'], name + '.yaml')))
    habits = {k: rng.choice(v) for k, v in HABITS.items()}
    if habits['grid'] == 'table' or not habits['merged']: habits['inserted'] = 0
    if os.environ.get('PRINT'): habits |= {'print': 1, **NOT_PRINTED} | {k: rng.choice(v) for k, v in PRINT_HABITS.items()}
    draft, book = Draft(form, rng), Book
    if os.environ.get('MORE'):
        from habits import OtherBook as book, more
        habits |= more(random.Random('more ' + seed), draft)
    os.makedirs(out, exist_ok=True)
    if os.environ.get('BOOK'):
        json.dump(draft.json(), open(f'{out}/{seed}.json', 'w'), ensure_ascii=False, indent=1)
        json.dump({'form': name, **habits}, open(f'{out}/{seed}.habits.json', 'w'), ensure_ascii=False)
        book(another(draft, rng, os.environ['BOOK']), habits, rng, f'{out}/{seed}.xlsx').draw()
        return
    book(draft, habits, rng, f'{out}/{seed}.xlsx').draw()
    json.dump(draft.json(), open(f'{out}/{seed}.json', 'w'), ensure_ascii=False, indent=1)
    json.dump({'form': name, **habits}, open(f'{out}/{seed}.habits.json', 'w'), ensure_ascii=False)

if __name__ == '__main__': main()
