using System.Text;
using LiveServe.Content;
using LiveServe.Injection;

namespace LiveServe.UnitTests.Injection;

public sealed class OddInputTests
{
    [Theory]
    [InlineData("<head =\">|<p title='\"'>")]
    [InlineData("<html a = \"x>\" b='>' c><head d=\">\"e=/>|<p>")]
    [InlineData("<head a=b=\">|<p title='\"'>")]
    public void A_quote_opens_only_where_a_value_begins(string m) => Assert.Equal(m.IndexOf('|'), InsertionPoint.Find(Encoding.ASCII.GetBytes(m.Replace("|", "", StringComparison.Ordinal)), MarkupKind.Html));

    [Theory]
    [InlineData("<meta name=d content=\"charset=koi8-r\">", null)]
    [InlineData("<meta name=d content=\"about; charset=koi8-r\"><meta charset=utf-8>", "utf-8")]
    [InlineData("<!--><meta charset=koi8-r><!-- x -->", "koi8-r")]
    [InlineData("<?xml version='1.0' encoding='koi8-r'?><p>", "koi8-r")]
    public void Only_a_declaration_declares(string t, string? c) => Assert.Equal(c, Charset.Declared(Encoding.ASCII.GetBytes(t), "text/html"));

    [Fact]
    public void XHTML_may_be_asked_for_by_its_own_name() => Assert.True(InjectionDecision.ShouldInject(null, "application/xhtml+xml", MarkupKind.Xhtml, false));

    [Fact]
    public void An_apostrophe_in_an_instruction_of_the_doctype_opens_nothing()
    {
        var page = "<!DOCTYPE svg [<?x don't?>]><svg a=''><g/></svg>";
        Assert.Equal(page.IndexOf("<g", StringComparison.Ordinal), InsertionPoint.Find(Encoding.ASCII.GetBytes(page), MarkupKind.Svg));
    }

    [Theory]
    [InlineData("script-src 'nonce- abc'")]
    [InlineData("script-src 'nonce-")]
    [InlineData("script-src 'nonce-'")]
    [InlineData("script-src 'nonce-a")]
    public void A_nonce_that_is_none_is_not_read_as_one(string policy)
    {
        var admitted = ContentSecurityPolicy.Admit(policy);
        Assert.Null(admitted.Nonce);
        Assert.Equal(["script-src"], admitted.Extended);
    }
}
