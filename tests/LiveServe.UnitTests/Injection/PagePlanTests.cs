using System.Text;
using LiveServe.Content;
using LiveServe.Injection;

namespace LiveServe.UnitTests.Injection;

public sealed class PagePlanTests
{
    [Theory]
    [InlineData("script-src 'self'; connect-src 'self'", null, null)]
    [InlineData("default-src 'self'", null, null)]
    [InlineData("img-src *", null, null)]
    [InlineData("default-src *", null, null)]
    [InlineData("script-src 'nonce-abc' 'strict-dynamic'; connect-src *", "abc", null)]
    [InlineData("default-src 'none'", null, "default-src 'none'; script-src-elem 'self'; connect-src 'self'")]
    [InlineData("script-src 'sha256-x='; connect-src https://api.example", null, "script-src 'sha256-x=' 'self'; connect-src https://api.example 'self'")]
    [InlineData("DEFAULT-SRC https:; Script-Src 'none'", null, "DEFAULT-SRC https:; Script-Src 'self'; connect-src https: 'self'")]
    [InlineData("connect-src wss://x.example ws:", null, null)]
    [InlineData("default-src 'nonce-n' https:", "n", "default-src 'nonce-n' https:; connect-src 'nonce-n' https: 'self'")]
    public void A_policy_is_extended_only_where_it_forbids_us(string policy, string? nonce, string? extended)
    {
        var admitted = ContentSecurityPolicy.Admit(policy);
        Assert.Equal(nonce, admitted.Nonce);
        Assert.Equal(extended ?? policy, admitted.Policy);
    }

    [Theory]
    [InlineData("utf-8", "<!doctype html><head>\r\n<title>é</title><META content=\"default-src &quot;x&quot; 'none'\" HTTP-EQUIV='Content-Security-Policy' ><p>x")]
    [InlineData("utf-8", "\uFEFF<head><meta http-equiv=content-security-policy content=default-src&#32;'none'><p>x")]
    [InlineData("utf-16", "\uFEFF<head><title>日本</title><meta http-equiv=content-security-policy content=\"default-src 'none'\"><p>x")]
    [InlineData("utf-16BE", "\uFEFF<head><title>日本</title><meta http-equiv=content-security-policy content='default-src none'><p>x")]
    public void Only_the_policys_own_bytes_change(string encodingName, string page)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var bytes = encoding.GetBytes(page);
        var plan = PagePlan.For(bytes, MarkupKind.Html)!;
        var splice = Assert.Single(plan.Splices);
        var old = encoding.GetString(bytes, splice.Offset, splice.Length);
        var changed = encoding.GetString([.. bytes[..splice.Offset], .. splice.Replacement.Span, .. bytes[(splice.Offset + splice.Length)..]]);
        Assert.Contains($"content={old}", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(page.Replace(old, encoding.GetString(splice.Replacement.Span), StringComparison.Ordinal), changed);
        Assert.Contains("connect-src", changed, StringComparison.Ordinal);
        Assert.NotNull(plan.Notice);
    }

    [Theory]
    [InlineData("<!-- <meta http-equiv=content-security-policy content=\"default-src 'none'\"> --><head>")]
    [InlineData("<head><noscript><meta http-equiv=content-security-policy content=\"default-src 'none'\"></noscript>")]
    [InlineData("<head><template><meta http-equiv=content-security-policy content=\"default-src 'none'\"></template>")]
    [InlineData("<head><script>'<meta http-equiv=content-security-policy content=\"default-src none\">'</script>")]
    [InlineData("<head></head><body><meta http-equiv=content-security-policy content=\"default-src 'none'\">")]
    [InlineData("<head><meta name=content-security-policy content=\"default-src 'none'\">")]
    public void A_policy_that_is_none_is_left_alone(string page) => Assert.Empty(PagePlan.For(Encoding.UTF8.GetBytes(page), MarkupKind.Html)!.Splices);

    [Theory]
    [InlineData("<head><meta name=\"liveserve\" content=\"off\">", true)]
    [InlineData("<HEAD><META CONTENT=OFF NAME=LiveServe>", true)]
    [InlineData("<meta name=liveserve content=off><p>x", true)]
    [InlineData("<head><meta name=\"liveserve\" content=\"on\">", false)]
    [InlineData("<!-- <meta name=liveserve content=off> --><p>liveserve", false)]
    public void A_page_may_opt_out(string page, bool off) => Assert.Equal(off, PagePlan.For(Encoding.UTF8.GetBytes(page), MarkupKind.Html) is null);

    [Theory]
    [InlineData("document", null, true)]
    [InlineData("iframe", "text/html", true)]
    [InlineData("frame", null, true)]
    [InlineData("object", null, true)]
    [InlineData("embed", null, true)]
    [InlineData("empty", "text/html", false)]
    [InlineData("script", "*/*", false)]
    [InlineData("image", "*/*", false)]
    [InlineData("serviceworker", null, false)]
    [InlineData("Document", null, false)]
    [InlineData(null, "text/html,application/xhtml+xml,*/*;q=0.8", true)]
    [InlineData(null, "*/*", true)]
    [InlineData(null, null, true)]
    [InlineData(null, "application/json", false)]
    public void Pages_get_the_client_and_fetches_do_not(string? destination, string? accept, bool injected) =>
        Assert.Equal(injected, InjectionDecision.ShouldInject(destination, accept, MarkupKind.Html, isWholeDocument: true));

    [Fact]
    public void A_fragment_without_a_destination_is_injected_only_when_HTML_is_asked_for()
    {
        Assert.False(InjectionDecision.ShouldInject(null, "*/*", MarkupKind.Html, isWholeDocument: false));
        Assert.True(InjectionDecision.ShouldInject(null, "text/html", MarkupKind.Html, isWholeDocument: false));
        Assert.False(InjectionDecision.ShouldInject(null, "*/*", MarkupKind.Svg, isWholeDocument: true));
    }

    [Theory]
    [InlineData("<p>x", false)]
    [InlineData("text", false)]
    [InlineData("", false)]
    [InlineData("<!doctype html><p>x", true)]
    [InlineData("\uFEFF <!-- x --> <html>", true)]
    [InlineData("<head>", true)]
    [InlineData("<header>", false)]
    public void A_whole_document_is_told_from_a_fragment(string text, bool whole) =>
        Assert.Equal(whole, InsertionPoint.IsWholeDocument(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_tag_is_ASCII_and_escaped()
    {
        var plan = new PagePlan(0, MarkupKind.Html, SnippetEncoding.Ascii, "a\"b", [], null);
        var tag = Encoding.ASCII.GetString(Snippet.Render(plan, new("/x?a&b", "b", 3, "d", false, false, "sse")));
        Assert.Equal("<script src=\"/x?a&amp;b\" async data-boot=\"b\" data-seq=\"3\" data-doc=\"d\" data-chat=\"off\" data-launcher=\"off\" data-transport=\"sse\" nonce=\"a&quot;b\"></script>", tag);
    }
}
