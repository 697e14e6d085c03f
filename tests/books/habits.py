"""Further habits of offices, each by itself (MORE=1): what build.py draws, written by somebody else.

Nothing here was made to fit the reader: a habit stands here because offices are known or believed to have it.
"""
import datetime, re
from build import Book

MORE = {
    'halves': [None, None, 'bare', 'again', 'continued'],      # a section goes on on a second sheet
    'side_column': [0, 0, 1],                                  # a framed column 確認欄 behind the form
    'list_mark': [None, None, 'before', 'behind_number'],      # ○ typed into the list of options, the brackets left empty
    'choice_n': [0, 0, 0, 1],                                  # the number of the option alone
    'numbering': [None, None, 'round', 'mixed'],               # （1） for ①, 1． for １．, spaces between letters
    'number_cell': [0, 0, 1], 'broken_labels': [0, 0, 1],      # ① in a cell of its own; a label over two cells
    'title_block': [0, 1], 'far_notes': [0, 0, 1],             # 決裁欄 above the form; work outside of the print area
    'runs': [0, 1], 'formulas': [0, 0, 1], 'numeric': [0, 1],  # how the words come into their cells
    'era': ['[$-411]ggge"年"m"月"d"日"', '[$-411]ge.m.d', 'yyyy/m/d', 'yyyy"年"m"月"d"日"'],
    'gaps': [0, 0, 1], 'protected': [0, 1], 'squares': [0, 0, 1], 'drop_down': [0, 1],
}
DAY = re.compile('令和([0-9]+)年([0-9]+)月([0-9]+)日')


def more(rng, draft):
    """The habits of a seed; a number of the document is a number then."""
    habits = {k: rng.choice(v) for k, v in MORE.items()}
    if habits['numeric'] and draft.answers.get('cover.number'): draft.answers['cover.number'] = str(rng.randint(1, 60))
    return habits


class OtherBook(Book):
    def __init__(s, *all):
        super().__init__(*all)
        s.fd = s.wb.add_format({'num_format': s.h['era'], 'border': 1})
        s.runs = [s.wb.add_format({'bold': 1}), s.wb.add_format({'underline': 1}), s.wb.add_format({'font_color': '#C00000'}), s.wb.add_format({'font_size': 8})]
        s.top, s.n_halves, s.n_inputs = None, 0, 0
        s.inputs = s.wb.add_worksheet('入力') if s.h['formulas'] else None
        if s.inputs: s.inputs.hide(); s.wb.worksheets_objs[0].set_first_sheet()

    def sheet(s, name):
        before = s.ws; super().sheet(name)
        if s.ws is before: return
        if s.h['protected']: s.ws.protect('', {'format_rows': True})
        if s.h['side_column'] and not s.h.get('print'): s.put(s.r, s.W, s.r, s.W + 4, '確認欄', 'l')
        if s.h['title_block']:
            r = s.rows(); s.put(r, 0, r, s.W // 2 - 1, '青嶺市　情報政策課　起案用'); w = max(1, s.W // 8)
            for i, who in enumerate(['課長', '係長', '担当']): s.put(r, s.W // 2 + i * w, r, s.W // 2 + (i + 1) * w - 1, who)
            r = s.rows(2); s.put(r, 0, r, s.W // 2 - 1, '作成：令和7年5月1日　太枠の中を記入すること')

    def section(s, sec, k):
        s.top = sec
        super().section(sec, k)
        if s.h['far_notes'] and not s.h.get('print') and s.h['sheets'] != 'one':
            s.ws.print_area(0, 0, s.r, s.c(s.W - 1))
            for i, t in enumerate(['作業用', 'ここから右は印刷しない', '担当：山田', '4月末までに情報政策課へ']): s.ws.write_string(2 + i, s.c(s.W - 1) + 8, t)

    def items(s, ds, ans, indent=0):
        top, s.top = s.top, None
        if not (top and s.h['halves'] and len(ds) > 3 and s.rng.random() < .7): return super().items(ds, ans, indent)
        m = len(ds) // 2; super().items(ds[:m], ans, indent); s.n_halves += 1
        s.sheet(f'続き{s.n_halves}')
        if s.h['halves'] != 'bare': s.put(s.rows(), 0, s.r - 1, s.W - 1, top['title'] + ('（続き）' if s.h['halves'] == 'continued' else ''))
        super().items(ds[m:], ans, indent)

    def noise(s):
        if s.h['gaps'] and not s.hide and s.rng.random() < .1: s.rows(s.rng.choice([1, 1, 2, 3]))
        super().noise()

    def beside(s, row):
        super().beside(row)
        if s.h['side_column'] and not s.h.get('print'):
            s.put(row, s.W, row, s.W + 4, s.rng.choice(['', '', '', '済', '確認済', '前年と同じ', '法務担当へ照会中', '数字を更新すること。']))

    def label(s, d):
        no, lab = d.get('no', '') or '', d.get('label', '') or ''
        how = s.h['numbering']
        if how and no and '①' <= no[0] <= '⑳':
            n = ord(no[0]) - ord('①') + 1
            no = (f'（{n}）' if how == 'round' else s.rng.choice([no, f'({n})', f'（{n}）', f'{n}）'])) + no[1:]
        elif how and no.endswith('．'): no = s.rng.choice([no, no[:-1] + '、', no[:-1] + '　', no[:-1] + '.'])
        if how == 'mixed' and 1 < len(lab) < 4: lab = s.rng.choice([lab, '　'.join(lab), ' '.join(lab)])
        return super().label({**d, 'no': no, 'label': lab})

    def put(s, r1, c1, r2, c2, text, f='v'):
        if f == 'l' and isinstance(text, str) and text.strip():
            bare = text.strip()
            if s.h['number_cell'] and '①' <= bare[0] <= '⑳' and c2 - c1 > 1 and len(bare) > 2:
                super().put(r1, c1, r2, c1, bare[0], f); return s.put(r1, c1 + 1, r2, c2, bare[1:].strip(), f)
            if s.h['broken_labels'] and r2 == r1 + 1 and c2 > c1 and len(bare) > 6 and '\n' not in bare:
                m = len(bare) // 2; super().put(r1, c1, r1, c2, bare[:m], f); return super().put(r2, c1, r2, c2, bare[m:], f)
        super().put(r1, c1, r2, c2, text, f)

    def write(s, r, a, text, f):
        h, rng = s.h, s.rng; day = DAY.fullmatch(text)
        if f == 'v' and h['numeric'] and day and rng.random() < .5:
            y, m, d = map(int, day.groups()); s.ws.write_datetime(r, a, datetime.datetime(2018 + y, m, d), s.fd)
        elif f == 'v' and h['numeric'] and text.isdigit() and len(text) < 6 and text[0] != '0': s.ws.write_number(r, a, int(text), s.f[f])
        elif f == 'v' and h['formulas'] and len(text) > 3 and '[' not in text and text[0] not in 'ⅠⅡⅢⅣⅤⅥ（' and rng.random() < .12:
            s.n_inputs += 1; s.inputs.write_string(s.n_inputs, 1, text)
            s.ws.write_formula(r, a, f'=入力!B{s.n_inputs + 1}', s.f[f], text)
        elif f == 'v' and h['runs'] and len(text) > 8 and rng.random() < .2:
            m = rng.randint(2, len(text) - 3); n = rng.randint(m + 1, len(text) - 1)
            s.ws.write_rich_string(r, a, text[:m], rng.choice(s.runs), text[m:n], text[n:], s.f[f])
        else: super().write(r, a, text, f)

    # -- choices and boxes
    def chosen(s, d, n, v):
        has_list = bool((d.get('print') or {}).get('grid'))
        s.is_marked = bool(s.h['list_mark'] and v and has_list)
        if s.h['drop_down']:
            s.ws.data_validation(s.r, s.c(s.V + 1), s.r, s.c(s.V + 1), {'validate': 'list', 'source': ['1', '2', '3']})
        return '' if s.is_marked else str(n) if v and s.h['choice_n'] and has_list else v

    def option(s, p, o, opt, n):
        mark, number = s.h['mark'], p['marker'].replace('1', str(o))
        if not (s.is_marked and o == n): return number + opt[o]
        return f'{mark}{number}{opt[o]}' if s.h['list_mark'] == 'before' else f'{number.rstrip()}{mark}{opt[o]}'

    def mark(s, r, c1, c2, on, label, tail=''):
        if not s.h['squares']: return super().mark(r, c1, c2, on, label, tail)
        sign = '■' if on else '□'
        if s.h['box'] == 'cells' and c2 - c1 > 5: s.put(r, c1, r, c1, sign); s.put(r, c1 + 1, r, c2, label + tail)
        else: s.put(r, c1, r, c2, sign + s.rng.choice(['', ' ', '　']) + label + tail)
