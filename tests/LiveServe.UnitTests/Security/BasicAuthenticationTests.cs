using System.Text;
using LiveServe.Security;
using Microsoft.Extensions.Primitives;

namespace LiveServe.UnitTests.Security;

public sealed class BasicAuthenticationTests
{
    private static readonly BasicAuthentication Door = new("ada", "se:crét");

    [Theory]
    [InlineData("ada:se:crét", "Basic ", nameof(AuthVerdict.Right))]
    [InlineData("ada:se:crét", "BASIC  ", nameof(AuthVerdict.Right))] // RFC 9110 §11.1: the scheme has no case
    [InlineData("ada:se:cret", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("Ada:se:crét", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("ada:se:crét ", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("ada:se:crét\0", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("ada:", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("ada", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("", "Basic ", nameof(AuthVerdict.Wrong))]
    [InlineData("ada:se:crét", "Bearer ", nameof(AuthVerdict.Wrong))]
    [InlineData("ada:se:crét", "Basic", nameof(AuthVerdict.Wrong))]
    public void Only_our_user_is_let_in(string given, string scheme, string expected) =>
        Assert.Equal(expected, Door.Judge(scheme + Convert.ToBase64String(Encoding.UTF8.GetBytes(given))).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRh=YWRh")]
    [InlineData("ada:se:crét")]
    public void What_cannot_be_read_is_wrong(string header) => Assert.Equal(AuthVerdict.Wrong, Door.Judge(header));

    [Fact]
    public void Two_headers_are_wrong_and_none_is_none()
    {
        var right = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:se:crét"));
        Assert.Equal(AuthVerdict.Right, Door.Judge(right));
        Assert.Equal(AuthVerdict.Wrong, Door.Judge(new StringValues([right, right])));
        Assert.Equal(AuthVerdict.Wrong, Door.Judge("Basic " + new string('A', 4000)));
        Assert.Equal(AuthVerdict.Absent, Door.Judge(StringValues.Empty));
    }

    [Theory]
    [InlineData("ada:secret", "ada", "secret")]
    [InlineData("ada:se:cret", "ada", "se:cret")]
    [InlineData("a b:c d", "a b", "c d")]
    public void Credentials_are_divided_at_the_first_colon(string text, string user, string password)
    {
        Assert.Equal(new Credentials(user, password), Credentials.Parse(text, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData(":secret")]
    [InlineData("ada:")]
    [InlineData("ada:sec\nret")]
    [InlineData("a\u0085da:secret")]
    public void Other_credentials_are_refused_with_a_remedy_that_keeps_the_password(string text)
    {
        Assert.Null(Credentials.Parse(text, out var problem));
        Assert.NotNull(problem);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_password_is_printed_by_accident()
    {
        var options = new LiveServeOptions { Root = ".", Auth = new Credentials("ada", "secret"), CertificatePassword = "secret" };
        Assert.DoesNotContain("secret", $"{options} {options.Auth}", StringComparison.Ordinal);
    }
}
