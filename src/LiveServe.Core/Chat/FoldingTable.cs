namespace LiveServe.Chat;

/// <summary>
/// Which letters look like which: the letters of a line look like its first word. Latin, Greek and Cyrillic letters with marks are there by the Unicode
/// Character Database's decompositions (UnicodeData.txt, version 14), marks taken off; the others are the common look-alikes between these alphabets.
/// </summary>
/// <remarks>A table of our own, because the executable carries no culture data: <see cref="string.Normalize()"/> does nothing there, without a word.</remarks>
internal static class FoldingTable
{
    private static readonly string[] Lines =
    [
        "2 ²₂",
        "3 ³ЗзӞӟ₃",
        "4 ⁴₄",
        "5 ⁵₅",
        "6 ⁶₆",
        "7 ⁷₇",
        "8 ⁸₈",
        "9 ⁹₉",
        "a ªÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧɑΆΑάαАаӐӑӒӓᴀᴬᵃᵅḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏὰάᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾰᾱᾲᾳᾴᾶᾷᾸᾹᾺΆᾼₐÅ",
        "b ʙΒβϐВЬвьᴮᵇᵝᵦḂḃḄḅḆḇℬꚝ",
        "c ÇçĆćĈĉĊċČčСсᴄᶜḈḉℂℭⅭⅽꟲ",
        "d ĎďĐđԁᴅᴰᵈḊḋḌḍḎḏḐḑḒḓⅅⅆⅮⅾ",
        "e ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩΈΕέεϵЀЁЕеѐёҽӖӗᴇᴱᵉḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệἐἑἒἓἔἕἘἙἚἛἜἝὲέῈΈₑℯℰⅇ",
        "f ƒᶠḞḟℱꜰꟳ",
        "g ĜĝĞğĠġĢģǦǧǴǵɡɢցᴳᵍᶢḠḡℊ",
        "h ĤĥĦħȞȟʜʰΉΗНнҺһհᴴᵸḢḣḤḥḦḧḨḩḪḫẖἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊΉῌₕℋℌℍℎℏꟸ",
        "i ìíîïĩīĭįıǐȉȋɪΐίιϊіїᵢᶦḭḯỉịἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗⁱℹⅈⅰ",
        "j ĴĵǰʲЈјᴊᴶⅉⱼ",
        "k ĶķǨǩΚκϰЌКкќᴋᴷᵏḰḱḲḳḴḵₖK",
        "l 1I|¹ÌÍÎÏĨĪĬĮİĹĺĻļĽľŁłǏȈȊʟˡΊΙΪІЇӀӏᴵᴸᶫḬḮḶḷḸḹḺḻḼḽỈỊἸἹἺἻἼἽἾἿῘῙῚΊ₁ₗℐℑℒℓⅠⅬⅼ",
        "m ΜМмᴍᴹᵐḾḿṀṁṂṃₘℳⅯⅿ",
        "n ÑñŃńŅņŇňǸǹɴΝήηոᴺᶰṄṅṆṇṈṉṊṋἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇⁿₙℕ",
        "o 0ºÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱΌΟοόОоӦӧօᴏᴼᵒṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợὀὁὂὃὄὅὈὉὊὋὌὍὸόῸΌ⁰₀ₒℴ",
        "p ΡρϱРрᴘᴾᵖᵨṔṕṖṗῤῥῬₚℙ",
        "q Ԛԛℚꟴ",
        "r ŔŕŖŗŘřȐȑȒȓʀʳгѓᴿᵣṘṙṚṛṜṝṞṟℛℜℝ",
        "s ŚśŜŝŞşŠšſȘșˢЅѕṠṡṢṣṤṥṦṧṨṩẛₛꜱ",
        "t ŢţŤťŦŧȚțΤτТтᴛᵀᵗṪṫṬṭṮṯṰṱẗₜ",
        "u ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗΰυϋύսᴜᵁᵘᵤᶸṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰựὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ",
        "v νѴѵѶѷᴠᵛᵥṼṽṾṿⅤⅴⱽ",
        "w ŴŵʷωώԜԝᴡᵂẀẁẂẃẄẅẆẇẈẉẘὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ",
        "x ˣΧχХхᵡᵪẊẋẌẍₓⅩⅹ",
        "y ÝýÿŶŷŸȲȳʏʸΎΥΫγϒϓϔЎУуўҮүӮӯӰӱӲӳᵞᵧẎẏẙỲỳỴỵỶỷỸỹὙὛὝὟῨῩῪΎℽ",
        "z ŹźŻżŽžΖᴢᶻẐẑẒẓẔẕℤℨ",
        "ae ÆæǢǣǼǽᴁᴭ",
        "dz ǄǅǆǱǲǳ",
        "fax ℻",
        "ff ﬀ",
        "ffi ﬃ",
        "ffl ﬄ",
        "fi ﬁ",
        "fl ﬂ",
        "ii ⅱ",
        "iii ⅲ",
        "ij ĳ",
        "iv ⅳ",
        "ix ⅸ",
        "lj ĲǇǈǉ",
        "ll Ⅱ",
        "lll Ⅲ",
        "lv Ⅳ",
        "lx Ⅸ",
        "nj Ǌǋǌ",
        "no №",
        "oe Œœꟹ",
        "rs ₨",
        "sm ℠",
        "ss ßẞ",
        "st ﬅﬆ",
        "tel ℡",
        "tm ™",
        "vi ⅵ",
        "vii ⅶ",
        "vl Ⅵ",
        "vll Ⅶ",
        "xi ⅺ",
        "xii ⅻ",
        "xl Ⅺ",
        "xll Ⅻ",
        "γ ℾ",
        "δ ᵟ",
        "θ ϑϴᶿ",
        "μ µ",
        "π ϖℼℿ",
        "σ ςϲϹ",
        "φ ϕᵠᵩ",
        "ω ΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺΏῼΩ",
        "г Ѓ",
        "ж ӁӂӜӝ",
        "и ЍЙйѝӢӣӤӥ",
        "ч Ӵӵ",
        "ъ ꚜ",
        "ы Ӹӹ",
        "э Ӭӭ",
        "ә Ӛӛ",
        "ө Ӫӫ",
    ];

    /// <summary>What each letter looks like, in lower case. Capitals are there for their own looks: capital I is an l.</summary>
    public static Dictionary<char, string> Letters { get; } = Read();

    private static Dictionary<char, string> Read()
    {
        var letters = new Dictionary<char, string>();
        foreach (var line in Lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var letter in line.AsSpan(space + 1))
            {
                letters.Add(letter, line[..space]);
            }
        }

        return letters;
    }
}
