using System.Net;
using System.Text;
using LiveServe.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe.UnitTests;

/// <summary>What a door lets through is what stands behind it sees: the site, or a back end of the user's.</summary>
public sealed class DoorsTests
{
    private static readonly Pairing Pairing = new(new byte[32], "/site");

    [Fact]
    public async Task The_password_stays_at_the_door()
    {
        var context = From("192.168.1.7", "/");
        context.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:secret"));
        Assert.True(await PassesAsync(new Doors(null, new BasicAuthentication("ada", "secret"), secure: false), context));
        Assert.False(context.Request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task The_cookie_stays_at_the_door()
    {
        var context = From("192.168.1.7", "/");
        context.Request.Headers.Cookie = $"a=b; {Pairing.CookieName}={Pairing.Cookie}";
        Assert.True(await PassesAsync(new Doors(Pairing, null, secure: false), context));
        Assert.Equal("a=b", context.Request.Headers.Cookie);
    }

    [Fact]
    public async Task The_token_of_a_socket_stays_at_the_door()
    {
        var context = From("192.168.1.7", $"/ws?x=1&liveserve={Pairing.Token}");
        context.Request.Headers.Upgrade = "websocket";
        Assert.True(await PassesAsync(new Doors(Pairing, null, secure: false), context));
        Assert.Equal("/ws?x=1", context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        Assert.Equal("?x=1", context.Request.QueryString.Value);
    }

    [Theory]
    [InlineData("192.168.1.7", false)]
    [InlineData("::ffff:192.168.1.7", false)]
    [InlineData("fd00::7", false)]
    [InlineData(null, false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    public async Task Only_this_machine_passes_without_pairing(string? address, bool passes)
    {
        var context = From(address, "/");
        Assert.Equal(passes, await PassesAsync(new Doors(Pairing, null, secure: false), context));
        Assert.Equal(passes ? 200 : 403, context.Response.StatusCode);
    }

    [Fact]
    public void A_door_that_nobody_asked_for_is_not_there()
    {
        Assert.Empty(new Doors(null, null, secure: false).Stations);
        Assert.Equal(3, new Doors(Pairing, new BasicAuthentication("ada", "secret"), secure: true).Stations.Count());
        Assert.Empty(Doors.Of(new LiveServeOptions { Root = "." }, "/site", (_, _) => { }).Stations);
        Assert.Empty(Doors.Of(new LiveServeOptions { Root = ".", Lan = true, Pairing = false }, "/site", (_, _) => { }).Stations);
    }

    private static DefaultHttpContext From(string? address, string target)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        return context;
    }

    private static async Task<bool> PassesAsync(Doors doors, HttpContext context)
    {
        var passed = false;
        await doors.Stations.Single()(context, _ =>
        {
            passed = true;
            return Task.CompletedTask;
        });
        return passed;
    }
}
