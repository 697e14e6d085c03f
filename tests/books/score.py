#!/usr/bin/env python3
"""Compares drafts that were read out of test books with the drafts that were written into them.

  python3 score.py FOLDER SEED…      (V=10 shows ten faults of each, and what was marked though exact, or wrong and not marked)

FOLDER holds, for each seed, what build.py wrote, SEED.out.json (`hyoukasho export` of the imported draft) and
SEED.receipt.json (`hyoukasho import --receipt`). Recall: characters of the true answers, spaces aside, found in the right
item; precision: the same over all characters placed. What the program fills in by itself (names of files) is not counted.
Marks: of the items and rows of the change table that something was placed in, how many were exact and marked as doubtful all
the same, and how many were not exact and marked.
"""
import difflib, json, os, sys

def flat(d):
    out={}
    def part(pre,a):
        for k,v in a.items():
            if isinstance(v,list):
                for i,e in enumerate(v): part(f'{pre}{k}[{i+1}].',e)
            elif isinstance(v,dict) and 'marked' in v:
                out[pre+k+'#']=('boxes',sorted(v['marked']))
                for kk,vv in v.items():
                    if kk!='marked': out[pre+k+'#'+kk]=('text',vv) if isinstance(vv,str) else ('count',vv)
            elif isinstance(v,bool): out[pre+k]=('check',v)
            elif isinstance(v,int): out[pre+k]=('choice',v)
            elif isinstance(v,str): out[pre+k]=('text',v)
            elif isinstance(v,dict):
                for kk,vv in v.items(): out[pre+k+'.'+kk]=('text',vv)
    part('',d['answers'])
    for i,f in enumerate(d.get('files',[])):
        out[f'f{i+1}.name']=('text',f['name']); part(f'f{i+1}.',f['answers'])
    for i,r in enumerate(d.get('changes',[])):
        for c in ('date','item','before','after','timing','reason'): out[f'row{i+1}.{c}']=('text',r.get(c,''))
    return out

def places(d):
    """Everything that carries a mark of its own: (file, item, entry) -> what it says, spaces aside."""
    out={}
    bare=lambda v: {k:bare(x) for k,x in v.items() if x not in (None,'',[])} if isinstance(v,dict) else sorted(v) if isinstance(v,list) else ws(v) if isinstance(v,str) else v
    def part(file,entry,a):
        for k,v in a.items():
            if isinstance(v,list):
                for i,e in enumerate(v): part(file,i,e)
            elif k not in ('basic.files',) and 'file_name' not in k and bare(v) not in (None,False,'',{}): out[file,k,entry]=bare(v)
    part(None,None,d['answers'])
    for i,f in enumerate(d.get('files',[])): part(i,None,f['answers'])
    for i,r in enumerate(d.get('changes',[])): out[None,'changes',i]=[ws(r.get(c,'')) for c in ('date','item','before','after','timing','reason')]
    return out

ws = lambda s: ''.join(s.split())
def same(a, b):
    return len(a) if a == b else sum(m.size for m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())

D = sys.argv[1]; hit=tt=gg=un=0; ex={}; rows=[0,0]; marks=[0,0,0,0]; kinds={}
for s in sys.argv[2:]:
    t=json.load(open(f'{D}/{s}.json')); tot=sum(len(ws(v)) for k,(kd,v) in flat(t).items() if kd=='text' and v)
    if not os.path.exists(f'{D}/{s}.out.json'):
        print(s,'REFUSED',open(f'{D}/{s}.log').read()[:150]); tt+=tot; continue
    g=json.load(open(f'{D}/{s}.out.json')); r=json.load(open(f'{D}/{s}.receipt.json'))
    T,G=flat(t),flat(g); h=a=b=0; wrong=[]
    for k in sorted(set(T)|set(G)):
        kt,vt=T.get(k,(None,None)); kg,vg=G.get(k,(None,None)); kind=kt or kg
        if k.endswith('basic.files') or k.endswith('file_name') : continue
        if kind=='text':
            x,y=ws(vt or ''),ws(vg or ''); m=same(x,y); h+=m;a+=len(x);b+=len(y)
            if x!=y: wrong.append((k,len(x),len(y),x[:30],y[:30]))
            if k.endswith('date') or k.endswith('_on') or k.endswith('as_of'):
                e=ex.setdefault('date',[0,0]); e[1]+=1; e[0]+= x==y
        else:
            emp=lambda v: v in (None,False,[],'')
            if emp(vt) and emp(vg): continue
            e=ex.setdefault(kind,[0,0]); e[1]+=1; e[0]+= vt==vg
            if vt!=vg: wrong.append((k,vt,vg))
    rows[1]+=1; rows[0]+= len(t['changes'])==len(g.get('changes',[]))
    P,Q=places(t),places(g); marked={}
    for x in r['doubts']:
        item='changes' if x['item'].startswith('change') else x['item']
        marked.setdefault((None if x['file'] is None else x['file']-1,item,None if x['entry'] is None else x['entry']-1),[]).append(x['kind'])
    odd=[]
    for at,v in Q.items():
        is_exact=P.get(at)==v; of=marked.get(at,[]); marks[0 if is_exact else 2]+=1
        if of: marks[1 if is_exact else 3]+=1
        if is_exact and of:
            odd.append(('marked',at,of))
            for kind in of: kinds[kind]=kinds.get(kind,0)+1
        if not is_exact and not of: odd.append(('UNMARKED',at,str(P.get(at))[:40],str(v)[:40]))
    c=r['characters']; un+= 0 if c['agree'] else 1
    hit+=h;tt+=a;gg+=b
    hb=json.load(open(f'{D}/{s}.habits.json'))
    print(s,hb['form'],f'{h/max(a,1):.4f} {h/max(b,1):.4f}',len(wrong),'wrong; left',c['left'],'agree',c['agree'],'doubts',len(r['doubts']),{k:v for k,v in hb.items() if v and k!='form'} if os.environ.get('V') else '')
    if os.environ.get('V'):
        for w in wrong[:int(os.environ['V'])]+odd[:int(os.environ['V'])]: print('   ',w)
print(f'recall {hit/max(tt,1):.5f} precision {hit/max(gg,1):.5f} chars {tt}', ex, 'rows ok',rows,'sums disagree',un)
print(f'marked: {marks[1]} of {marks[0]} exact ({marks[1]/max(marks[0],1):.2%}) {kinds}, {marks[3]} of {marks[2]} wrong')
