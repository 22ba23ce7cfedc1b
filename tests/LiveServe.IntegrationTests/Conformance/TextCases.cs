using System.Globalization;
using System.Text;
using static LiveServe.IntegrationTests.Conformance.SocketCase;

namespace LiveServe.IntegrationTests.Conformance;

/// <summary>Group 6: UTF-8, after the tables of Markus Kuhn's decoder test that the group is made of.</summary>
internal static class TextCases
{
    private static readonly byte[] Kosme = [0xCE, 0xBA, 0xE1, 0xBD, 0xB9, 0xCF, 0x83, 0xCE, 0xBC, 0xCE, 0xB5];
    private static readonly byte[] Edited = [.. Kosme, 0xED, 0xA0, 0x80, .. "edited"u8];
    private static readonly byte[] TooHigh = [.. Kosme, 0xF4, 0x90, 0x80, 0x80, .. "edited"u8];

    // Subgroup, whether it is UTF-8, and its sequences in hexadecimal.
    private static readonly (int Group, bool Valid, string[] Sequences)[] Table =
    [
        (5, true, ["68656C6C6F24776F726C64", "68656C6C6FC2A2776F726C64", "68656C6C6FE282AC776F726C64", "68656C6C6FF0A4ADA2776F726C64", Convert.ToHexString(Kosme)]),
        (7, true, ["00", "C280", "E0A080", "F0908080"]),
        (8, false, ["F888808080", "FC8480808080"]),
        (9, true, ["7F", "DFBF", "EFBFBF", "F48FBFBF"]),
        (10, false, ["F7BFBFBF", "FBBFBFBFBF", "FDBFBFBFBFBF"]),
        (11, true, ["ED9FBF", "EE8080", "EFBFBD", "F48FBFBF"]),
        (12, false, ["80", "BF", "80BF", "80BF80", "80BF80BF", "80BF80BF80", "80BF80BF80BF", Hex(0x80, 0xBE, "")]),
        (13, false, [Hex(0xC0, 0xDE, "20"), Hex(0xE0, 0xEE, "20"), Hex(0xF0, 0xF6, "20"), Hex(0xF8, 0xFA, "20"), "FC20"]),
        (14, false, Unfinished),
        (15, false, [string.Concat(Unfinished)]),
        (16, false, ["FE", "FF", "FEFEFFFF"]),
        (17, false, ["C0AF", "E080AF", "F08080AF", "F8808080AF", "FC80808080AF"]),
        (18, false, ["C1BF", "E09FBF", "F08FBFBF", "F887BFBFBF", "FC83BFBFBFBF"]),
        (19, false, ["C080", "E08080", "F0808080", "F880808080", "FC8080808080"]),
        (20, false, ["EDA080", "EDADBF", "EDAE80", "EDAFBF", "EDB080", "EDBE80", "EDBFBF"]),
        (21, false, ["EDA080EDB080", "EDA080EDBFBF", "EDADBFEDB080", "EDADBFEDBFBF", "EDAE80EDB080", "EDAE80EDBFBF", "EDAFBFEDB080", "EDAFBFEDBFBF"]),
        (22, true, [.. Enumerable.Range(0, 17).SelectMany(plane => new[] { 0xFFFE, 0xFFFF }.Select(last => Hex((plane << 16) | last)))]),
        (23, true, [.. Enumerable.Range(0xFFF9, 7).Select(Hex)]),
    ];

    private static string[] Unfinished => ["C0", "E080", "F08080", "F8808080", "FC80808080", "DF", "EFBF", "F7BFBF", "FBBFBFBF", "FDBFBFBFBF"];

    public static IEnumerable<(string Name, SocketCase Case)> All()
    {
        const string Mixed = "Hello-µ@ßöäüàá-UTF-8!!";
        yield return ("6.1.1", Of(Text(""), Echo("")));
        yield return ("6.1.2", Of([.. Text("", final: false), .. More(""), .. More("", final: true)], Echo("")));
        yield return ("6.1.3", Of([.. Text("", final: false), .. More("middle frame payload"), .. More("", final: true)], Echo("middle frame payload")));
        yield return ("6.2.1", Of(Text(Mixed), Echo(Mixed)));
        yield return ("6.2.2", Of([.. Text(Mixed[..12], final: false), .. More(Mixed[12..], final: true)], Echo(Mixed)));
        yield return ("6.2.3", Of(InFragmentsOfOne(Encoding.UTF8.GetBytes(Mixed)), Echo(Mixed)));
        yield return ("6.2.4", Of(InFragmentsOfOne(Kosme), Echo(Encoding.UTF8.GetString(Kosme))));
        yield return ("6.3.1", Of(Text(Edited), Close(1007)));
        yield return ("6.3.2", Of(InFragmentsOfOne(Edited), Close(1007)));

        // What can no longer become text is not waited for: the last fragment is never sent.
        yield return ("6.4.1", new([Text(Kosme, final: false), More([0xF4, 0x90, 0x80, 0x80])], [Close(1007)]));
        yield return ("6.4.2", new([Text([.. Kosme, 0xF4], final: false), More([0x90])], [Close(1007)]));
        yield return ("6.4.3", new([Text(TooHigh)[..17], Text(TooHigh)[17..21], Text(TooHigh)[21..]], [Close(1007)]));
        yield return ("6.4.4", Of(Text(TooHigh), Close(1007)).Chopped(1));
        for (var length = 1; length <= Kosme.Length; length++)
        {
            yield return ($"6.6.{length}", Sent(Kosme[..length], length is 2 or 5 or 7 or 9 or 11));
        }

        foreach (var (group, valid, sequences) in Table)
        {
            for (var i = 0; i < sequences.Length; i++)
            {
                yield return ($"6.{group}.{i + 1}", Sent(Convert.FromHexString(sequences[i]), valid));
            }
        }

        yield return ("6.11.5", Sent([0xF4, 0x90, 0x80, 0x80], valid: false));
        foreach (var (name, bytes) in new[] { ("two", "é"), ("three", "€"), ("four", "😀") }.Select(row => (row.Item1, Encoding.UTF8.GetBytes(row.Item2))))
        {
            yield return ($"a character of {name} bytes in fragments", Of(InFragmentsOfOne(bytes), Echo(Encoding.UTF8.GetString(bytes))));
        }
    }

    private static SocketCase Sent(byte[] text, bool valid) => Of(Text(text), valid ? Echo(Encoding.UTF8.GetString(text)) : Close(1007));

    private static byte[] InFragmentsOfOne(byte[] text) =>
        [.. Text(text[..1], final: false), .. text[1..^1].SelectMany(one => More([one])), .. More(text[^1..], final: true)];

    private static string Hex(int codePoint) => Convert.ToHexString(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint)));

    private static string Hex(int first, int last, string after) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(one => one.ToString("X2", CultureInfo.InvariantCulture) + after));
}
