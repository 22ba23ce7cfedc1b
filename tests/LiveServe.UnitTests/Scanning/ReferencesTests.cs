using System.Text;
using LiveServe.Content;
using LiveServe.Scanning;

namespace LiveServe.UnitTests.Scanning;

public sealed class ReferencesTests
{
    [Theory]
    [InlineData("/d/a.html", "<img src=x.png>", "/d/x.png")]
    [InlineData("/d/a.htm", "\uFEFF<img src=日.png>", "/d/日.png")]
    [InlineData("/d/a.css", "\uFEFF@import 'x.css';a{b:url(日.png)}", "/d/x.css /d/日.png")]
    [InlineData("/d/a.js", "\uFEFFimport './日.js'", "/d/日.js")]
    [InlineData("/d/a.mjs", "import './x.js'", "/d/x.js")]
    [InlineData("/d/a.webmanifest", "\uFEFF{\"icons\":[{\"src\":\"x.png\"},{},1],\"screenshots\":[{\"src\":\"/y.png\"}],\"shortcuts\":[{\"icons\":[{\"src\":\"z.png\"}]}],\"start_url\":\"a\"}", "/d/x.png /d/z.png /y.png")]
    [InlineData("/d/manifest.json", "{\"icons\":[{\"src\":\"x.png\"}]}", "/d/x.png")]
    [InlineData("/d/a.json", "{\"icons\":[{\"src\":\"x.png\"}]}", "")]
    [InlineData("/d/a.webmanifest", "{\"icons\":[{\"src\":\"\\ud800\"}]}", "")]
    [InlineData("/d/a.webmanifest", "[", "")]
    [InlineData("/d/a.txt", "<img src=x.png>", "")]
    [InlineData("/d/a.png", "<img src=x.png>", "")]
    // XML
    [InlineData("/d/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink'><image href='a.png'/><use l:href='b.svg#i'/></svg>", "/d/a.png /d/b.svg")]
    [InlineData("/d/a.svg", "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:image href='a.png'/></s:svg>", "/d/a.png")]
    [InlineData("/d/a.svg", "<svg><style><![CDATA[@import 'a.css';]]>p{b:url(b.png)}</style><rect style='fill:url(c.svg#x)' filter='url(d.svg#y)'/></svg>", "/d/a.css /d/b.png /d/c.svg /d/d.svg")]
    [InlineData("/d/a.svg", "<svg><script href='a.js'/><script>import('./b.js')</script><a href='c'/></svg>", "/d/a.js /d/b.js")]
    [InlineData("/d/a.svg", "<?xml version='1.0'?><?xml-stylesheet type='text/css' href=\"a.css?x=1&amp;y\"?><svg/>", "/d/a.css")]
    [InlineData("/d/a.svg", "<svg><image href='a.png'/><image href='b.png'><p></svg>", "/d/a.png /d/b.png")] // as far as it is well-formed
    [InlineData("/d/a.svg", "<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b SYSTEM 'file:///etc/passwd'>]><svg>&a;&b;<image href='a.png'/></svg>", "/d/a.png")]
    [InlineData("/d/a.svg", "", "")]
    [InlineData("/d/a.svg", "not a picture", "")]
    [InlineData("/d/a.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='a.js'/><link rel='stylesheet' href='b.css'/></head><body>&nbsp;<img src='c.png'/></body></html>", "/d/a.js /d/b.css /d/c.png")]
    [InlineData("/d/a.xhtml", "<html><head><base href='/app/'/><style>p{b:url(a.png)}</style></head></html>", "/app/a.png")]
    public void A_file_is_read_as_what_it_is(string path, string text, string expected) => Assert.Equal(expected, Names(path, Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_file_in_another_encoding_is_read_where_it_can_be()
    {
        Assert.Equal("/x.png", Names("/a.html", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<img src=x.png>")]));
        Assert.Equal("/x.png", Names("/a.html", [.. "<p>caf"u8, 0xE9, .. "<img src=x.png>"u8]));
        Assert.Equal("/x.png", Names("/a.css", [.. "@charset \"windows-1252\";/*"u8, 0xE9, .. "*/a{b:url(x.png)}"u8]));
        Assert.Equal("", Names("/a.css", [.. "@charset \"shift_jis\";/*"u8, 0xE9, .. "*/a{b:url(x.png)}"u8]));
        Assert.Equal("", Names("/a.css", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a{b:url(x.png)}")]));
        Assert.Equal("/x.js", Names("/a.js", [.. "/*"u8, 0xE9, .. "*/import './x.js'"u8]));
    }

    /// <summary>Entities that would be gigabytes, and elements that would be as deep as the file is long.</summary>
    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><svg style='&c;'><image href='x.png'/>", "")]
    [InlineData("<svg><image href='x.png'/>", "<g>")]
    public void Hostile_XML_costs_no_more_than_its_length(string before, string piece) =>
        Assert.Equal("/x.png", Names("/a.svg", Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(piece, 300_000)))));

    private static string Names(string path, byte[] bytes) =>
        string.Join(' ', References.Of(path, bytes, MediaTypes.Of(path)).Order(StringComparer.Ordinal));
}
