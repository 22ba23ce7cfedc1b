using System.Text;
using LiveServe.Content;
using LiveServe.Injection;

namespace LiveServe.UnitTests.Injection;

/// <summary>A page that is still coming: its place for the script is used when it is certain, and not before.</summary>
public sealed class PartialPageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("\uFEFF")]
    [InlineData("<!doctype html><html><head><")]
    [InlineData("<!")]
    [InlineData("<!doctype html")]
    [InlineData("<!doctype html>")]
    [InlineData("<!doctype html><")]
    [InlineData("<!doctype html><h")]
    [InlineData("<!doctype html><html")]
    [InlineData("<!doctype html><html lang=\"a>b")]
    [InlineData("<!doctype html><html><!--")]
    [InlineData("<!doctype html><html><!-- <head> ")]
    [InlineData("<!doctype html><html><he")]
    [InlineData("<!doctype html><html><head")]
    [InlineData("<!doctype html><html><head title=\"a>")]
    [InlineData("<!doctype html><html><head>")]
    [InlineData("</he")]
    public void It_may_still_move(string beginning) => Assert.False(InsertionPoint.IsCertain(Encoding.UTF8.GetBytes(beginning), MarkupKind.Html));

    [Theory]
    [InlineData("<!doctype html><html><head></", "<!doctype html><html><head>")]
    [InlineData("<!doctype html><html><head>\n", "<!doctype html><html><head>")]
    [InlineData("<head><!-- long", "<head>")]
    [InlineData("<header>", "")]
    [InlineData("<p>hi", "")]
    [InlineData("text", "")]
    [InlineData("<3 of", "")]
    [InlineData("<!-- x --><body>", "<!-- x -->")]
    [InlineData("<html></head>", "<html>")]
    public void It_is_certain(string beginning, string before)
    {
        Assert.True(InsertionPoint.IsCertain(Encoding.UTF8.GetBytes(beginning), MarkupKind.Html));
        Assert.Equal(before.Length, InsertionPoint.Find(Encoding.UTF8.GetBytes(beginning), MarkupKind.Html));
    }

    [Theory]
    [InlineData(MarkupKind.Html, "\uFEFF<!-- a --><!DOCTYPE html>\n<html lang=\"a>b\"><!-- <head> --><head data-x='</head>'><meta charset=utf-8><title>t</title></head><body><p>hi")]
    [InlineData(MarkupKind.Html, "<p>no head at all <header></header>")]
    [InlineData(MarkupKind.Html, "<html><header>x</header></html>")]
    [InlineData(MarkupKind.Xhtml, "<?xml version=\"1.0\"?><!DOCTYPE html [<!ENTITY a \"<head>\">]><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head></html>")]
    [InlineData(MarkupKind.Svg, "<?xml version=\"1.0\"?><!-- <svg> --><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><g/></svg>")]
    public void Cut_anywhere_it_is_either_uncertain_or_right(object kind, string page)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(page), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(page.TrimStart('\uFEFF'))] })
        {
            var place = InsertionPoint.Find(bytes, (MarkupKind)kind);
            for (var length = 0; length <= bytes.Length; length++)
            {
                var beginning = bytes.AsSpan(0, length);
                Assert.True(!InsertionPoint.IsCertain(beginning, (MarkupKind)kind) || InsertionPoint.Find(beginning, (MarkupKind)kind) == place, $"{kind} cut at {length}");
            }

            Assert.True(InsertionPoint.IsCertain(bytes, (MarkupKind)kind));
        }
    }

    [Theory]
    [InlineData("<!doctype html><html><head><title>t</title></head>", true)]
    [InlineData("<body", true)]
    [InlineData("<!doctype html><title>t</title>\n<p>", true)]
    [InlineData("<!doctype html><title>t</title>text", true)]
    [InlineData("<meta charset=utf-8><link rel=x href='>'><base href=/><!-- x --><h1>", true)]
    [InlineData("<script>if (a<b) { '<p>' }</script><main>", true)]
    [InlineData("<template><p>in it</template><custom-element>", true)]
    [InlineData("", false)]
    [InlineData("<!doctype html>\n", false)]
    [InlineData("<!doctype html><html lang=en><head>\n", false)]
    [InlineData("<title><p>", false)]
    [InlineData("<title>t</title", false)]
    [InlineData("<style>p { color: red } <p>", false)]
    [InlineData("<script>'<p>'", false)]
    [InlineData("<meta name='<p>", false)]
    [InlineData("<!-- <p>", false)]
    [InlineData("<link><p", false)]
    [InlineData("<", false)]
    public void Its_head_has_ended_when_something_has_come_that_no_head_holds(string beginning, bool isBehind)
    {
        Assert.Equal(isBehind, InsertionPoint.IsBehindHead(Encoding.UTF8.GetBytes(beginning), MarkupKind.Html));
        Assert.Equal(isBehind, InsertionPoint.IsBehindHead([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(beginning)], MarkupKind.Html));
    }

    [Theory]
    [InlineData("script-src 'self'; connect-src 'self'", "script-src 'self'; connect-src 'self'", null)]
    [InlineData("default-src 'none'", "default-src 'none'; script-src-elem 'self'; connect-src 'self'", null)]
    [InlineData("script-src 'nonce-abc'", "script-src 'nonce-abc'", "abc")]
    [InlineData("script-src 'nonce-abc', script-src 'nonce-def' 'strict-dynamic'", "script-src 'nonce-abc'|script-src 'nonce-def' 'strict-dynamic' 'nonce-abc'", "abc")]
    [InlineData("script-src 'strict-dynamic' 'sha256-x'", "script-src 'strict-dynamic' 'sha256-x' 'nonce-new'", "new")]
    [InlineData("script-src 'unsafe-inline', script-src 'nonce-abc'", "script-src 'unsafe-inline' 'self'|script-src 'nonce-abc'", "abc")]
    [InlineData("sandbox allow-scripts", "sandbox allow-scripts", null)]
    [InlineData(" , ,", "", null)]
    public void Policies_in_the_head_admit_the_client(string header, string policies, string? nonce)
    {
        var admitted = HeaderPolicies.Admit([header], () => "new")!;
        Assert.Equal(policies, string.Join('|', admitted.Lines));
        Assert.Equal(nonce, admitted.Nonce);
    }

    [Fact]
    public void A_sandbox_without_scripts_gets_none() => Assert.Null(HeaderPolicies.Admit(["default-src *, sandbox allow-forms"], () => "new"));
}
