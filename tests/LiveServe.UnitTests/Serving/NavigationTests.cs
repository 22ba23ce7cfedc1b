using LiveServe.Serving;
using Microsoft.AspNetCore.Http;

namespace LiveServe.UnitTests.Serving;

/// <summary>Which requests an app's page may answer.</summary>
public sealed class NavigationTests
{
    [Theory]
    [InlineData("document", "navigate", "text/html", true)]
    [InlineData("iframe", "navigate", "text/html", true)]
    [InlineData("document", "", "", true)]
    [InlineData("empty", "navigate", "text/html", true)]
    [InlineData("", "navigate", "", true)]
    [InlineData("empty", "cors", "text/html", false)] // fetch() with such a wish is still fetch()
    [InlineData("script", "no-cors", "*/*", false)]
    [InlineData("image", "no-cors", "text/html", false)]
    [InlineData("object", "navigate", "text/html", false)]
    [InlineData("", "cors", "text/html", false)]
    [InlineData("", "", "text/html", true)]
    [InlineData("", "", "text/html,application/xhtml+xml,*/*;q=0.8", true)]
    [InlineData("", "", "application/json, TEXT/HTML ; q=0.1", true)]
    [InlineData("", "", "text/html;q=0", false)]
    [InlineData("", "", "text/html;q=0.000", false)]
    [InlineData("", "", "*/*", false)] // curl
    [InlineData("", "", "", false)]
    [InlineData("", "", "text/htmlx", false)]
    [InlineData("", "", "application/json", false)]
    public void A_browser_that_goes_somewhere_says_so(string destination, string mode, string accept, bool expected)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in new[] { ("Sec-Fetch-Dest", destination), ("Sec-Fetch-Mode", mode), ("Accept", accept) }.Where(header => header.Item2.Length > 0))
        {
            headers[name] = value;
        }

        Assert.Equal(expected, Navigation.IsOne(headers));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/users/7", true)]
    [InlineData("/users/7/", true)]
    [InlineData("/users/jane.doe", true)]
    [InlineData("/v1.2/about", true)]
    [InlineData("/app.js", false)]
    [InlineData("/a/b.PNG", false)]
    [InlineData("/missing.html", false)]
    [InlineData("/favicon.ico", false)]
    public void What_names_a_file_is_no_route(string path, bool expected) => Assert.Equal(expected, Navigation.MayBeRoute(path));
}
