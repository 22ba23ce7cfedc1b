using System.Text;
using LiveServe.Content;

namespace LiveServe.UnitTests.Content;

public sealed class CharsetTests
{
    [Theory]
    [InlineData("<meta charset=windows-1252>", "text/html", "windows-1252")]
    [InlineData("<META CharSet = \"Shift_JIS\" >", "text/html", "shift_jis")]
    [InlineData("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>", "text/html", "iso-8859-1")]
    [InlineData("<!-- <meta charset=koi8-r> --><meta charset=utf-8>", "text/html", "utf-8")]
    [InlineData("<meta charset=utf-16>", "text/html", "utf-8")]
    [InlineData("<meta name=x content=y>", "text/html", null)]
    [InlineData("<meta charset=\"bad label\r\nX: y\">", "text/html", null)]
    [InlineData("<meta name=description content=\"charset=koi8-r\">", "text/html", null)]
    [InlineData("<meta name=description content=\"charset=koi8-r\"><meta charset=utf-8>", "text/html", "utf-8")]
    [InlineData("<meta content='text/html; charset=koi8-r' http-equiv=content-type>", "text/html", "koi8-r")]
    [InlineData("<meta http-equiv=content-type content='text/html; charset = \"koi8-r\"'>", "text/html", "koi8-r")]
    [InlineData("<meta title='>' charset=koi8-r>", "text/html", "koi8-r")]
    [InlineData("<p title='<meta charset=koi8-r>'>", "text/html", null)]
    [InlineData("<!-- <meta charset=koi8-r>", "text/html", null)]
    [InlineData("<!--><meta charset=koi8-r>", "text/html", "koi8-r")]
    [InlineData("<meta charset=koi8-r charset=utf-8>", "text/html", "koi8-r")]
    [InlineData("<meta/charset=koi8-r>", "text/html", "koi8-r")]
    [InlineData("<meta data-charset=koi8-r>", "text/html", null)]
    [InlineData("<meta charset=koi8-r", "text/html", null)]
    [InlineData("<meta charset='koi8-r", "text/html", null)]
    [InlineData("<meta charset=x-user-defined>", "text/html", "windows-1252")]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-5'?><html>", "text/html", "iso-8859-5")]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-5'?><meta charset=koi8-r>", "text/html", "koi8-r")]
    [InlineData("<?xml version='1.0' encoding='UTF-16'?><svg/>", "image/svg+xml", "utf-8")]
    [InlineData("<\0?\0x\0m\0l\0", "image/svg+xml", "utf-16le")]
    [InlineData("\0<\0?\0x\0m\0l", "application/xml", "utf-16be")]
    [InlineData("<metacharset=x>", "text/html", null)]
    [InlineData("@charset \"koi8-r\";", "text/css", "koi8-r")]
    [InlineData(" @charset \"koi8-r\";", "text/css", null)]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-5'?><svg/>", "image/svg+xml", "iso-8859-5")]
    [InlineData("<meta charset=x>", "text/plain", null)]
    public void What_a_file_declares_is_repeated(string text, string type, string? charset) =>
        Assert.Equal(charset, Charset.Declared(Encoding.Latin1.GetBytes(text), type));

    [Fact]
    public void A_mark_wins_and_a_late_declaration_is_none()
    {
        Assert.Equal("utf-16le", Charset.Declared(Encoding.Unicode.GetPreamble(), "text/html"));
        Assert.Equal("utf-16be", Charset.Declared(Encoding.BigEndianUnicode.GetPreamble(), "text/html"));
        Assert.Equal("utf-8", Charset.Declared([0xEF, 0xBB, 0xBF, .. "<meta charset=x>"u8], "text/html"));
        Assert.Null(Charset.Declared(Encoding.ASCII.GetBytes(new string(' ', 1024) + "<meta charset=x>"), "text/html"));
    }

    [Fact]
    public void Undeclared_text_is_UTF_8_when_it_is_and_nothing_when_it_is_not()
    {
        Assert.Equal("utf-8", Charset.Of("é"u8, "text/plain"));
        Assert.Null(Charset.Of([0xE9], "text/plain"));
    }

    [Theory]
    [InlineData("a.HTML", "text/html")]
    [InlineData("a.mjs", "text/javascript")]
    [InlineData("a.min.css", "text/css")]
    [InlineData("a.woff2", "font/woff2")]
    [InlineData("a.wasm", "application/wasm")]
    [InlineData("a.webmanifest", "application/manifest+json")]
    [InlineData("a.avif", "image/avif")]
    [InlineData("a.jxl", "image/jxl")]
    [InlineData("a.mkv", "video/matroska")]
    [InlineData("a.m2ts", "video/mp2t")]
    [InlineData("a.ts", "text/plain")] // TypeScript, not a film
    [InlineData("a.wgsl", "text/wgsl")]
    [InlineData("a.opus", "audio/ogg")]
    [InlineData("a.gltf", "model/gltf+json")]
    [InlineData("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("a.py", "text/plain")]
    [InlineData("a.tar.gz", "application/gzip")]
    [InlineData("a.exe", "application/octet-stream")]
    [InlineData("a", "application/octet-stream")]
    [InlineData("a.", "application/octet-stream")]
    [InlineData(".html", "text/html")]
    [InlineData("a.html.bak", "application/octet-stream")]
    public void Every_file_has_a_type(string name, string type) => Assert.Equal(type, MediaTypes.Of(name));

    [Theory]
    [InlineData("text/html; charset=utf-8", MarkupKind.Html)]
    [InlineData("Text/HTML", MarkupKind.Html)]
    [InlineData(" application/xhtml+xml ;q=1", MarkupKind.Xhtml)]
    [InlineData("image/svg+xml", MarkupKind.Svg)]
    [InlineData("text/html5", null)]
    [InlineData("", null)]
    public void A_back_ends_type_is_read_with_its_parameters(string type, object? kind) => Assert.Equal((MarkupKind?)kind, MediaTypes.Markup(type));

    [Fact]
    public void Random_bytes_never_throw_and_a_label_is_always_a_token()
    {
        string[] parts = ["<", ">", "<meta", "<meta ", "charset", "=", "'", "\"", "http-equiv=content-type", "content=", "koi8-r", ";", " ", "/", "<!--", "-->", "<?xml ", "encoding", "@charset \"", "\r\n", "\0", "é", ":"];
        var random = new Random(20261125);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => parts[random.Next(parts.Length)])));
            foreach (var type in new[] { "text/html", "text/css", "image/svg+xml" })
            {
                Assert.Matches("^[a-z0-9_.:+-]*$", Charset.Declared(bytes, type) ?? "");
            }
        }
    }
}
