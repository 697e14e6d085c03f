//! Radicals that look like kanji: PDFs give them for kanji when a text is copied out.
//!
//! The kanji are those of `EquivalentUnifiedIdeograph.txt` of the Unicode Character Database; ⼾ and ⿊ are the Japanese
//! 戸 and 黒, since Japanese typefaces draw those. Radicals of Chinese forms are left out.

/// The kanji of U+2F00 (Kangxi radicals), in their order.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
    廾弋弓彐彡彳心戈戸手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
    目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
    邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黒黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Each radical of the supplement, and its kanji.
const SUPPLEMENT: &str = "⺁厂⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬\
    ⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺱罓⺲罒⺳㓁⺴冗⺶羊⺷𦍌⺹耂⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻆角⻊𧾷\
    ⻌辶⻍辶⻎辶⻏邑⻑長⻒镸⻖阝⻗雨⻘青⻝食⻞𩙿⻟飠⻣骨⻤鬼⻨麦⻩黄⻫斉⻭歯⻯竜⻱龜⻲亀";

/// The kanji that a radical looks like.
pub(super) fn usual(c: char) -> Option<char> {
    match c {
        '\u{2E80}'..='\u{2EF3}' => {
            let mut pairs = SUPPLEMENT.chars();
            while let (Some(radical), Some(kanji)) = (pairs.next(), pairs.next()) {
                if radical == c {
                    return Some(kanji);
                }
            }
            None
        }
        '\u{2F00}'..='\u{2FD5}' => KANGXI.chars().nth(usize::try_from(u32::from(c) - 0x2F00).ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_have_their_kanji() {
        for (radical, kanji) in "⼀一⼈人⽅方⽴立⾼高⼾戸⿊黒⿓龍⻑長⻘青⺠民"
            .chars()
            .collect::<Vec<_>>()
            .chunks(2)
            .map(|pair| (pair[0], pair[1]))
        {
            assert_eq!(usual(radical), Some(kanji), "{radical}");
        }
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(usual('⻳'), None);
        assert_eq!(usual('方'), None);
    }
}
