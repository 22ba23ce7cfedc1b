using System.Security.Cryptography;
using LiveServe.Files;
using LiveServe.Security;
using LiveServe.Serving;
using LiveServe.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LiveServe;

/// <summary>The stations that somebody has to pass before anything of the site is shown. Each is there only when it was asked for.</summary>
/// <param name="pairing">Of other machines; <see langword="null"/> when none is asked for.</param>
/// <param name="password">Of everybody; <see langword="null"/> when there is none.</param>
/// <param name="secure">Whether nothing is shown on plain http.</param>
internal sealed class Doors(Pairing? pairing, BasicAuthentication? password, bool secure)
{
    private const string SecretFile = "pairing.key";
    private const int SecretBytes = 32;

    private readonly Guesses _guesses = new();

    /// <summary>The token of the links that pair, if pairing is asked for.</summary>
    public string? Token => pairing?.Token;

    /// <summary>In the order of the pipeline.</summary>
    public IEnumerable<Station> Stations
    {
        get
        {
            if (secure)
            {
                yield return RequireHttps; // first, so that neither token nor password is asked for in the open
            }

            if (pairing is not null)
            {
                yield return CheckPairing;
            }

            if (password is not null)
            {
                yield return CheckPassword;
            }
        }
    }

    /// <summary>The doors that the options ask for.</summary>
    /// <param name="site">The folder's full path: pairings hold for one site.</param>
    /// <param name="warn">Takes one sentence, and what to do about it.</param>
    public static Doors Of(LiveServeOptions options, string site, Action<string, string?> warn) => new(
        options.Lan && options.Pairing ? new Pairing(Secret(new StateFolder(options.StateFolder), warn), site) : null,
        options.Auth is { } user ? new BasicAuthentication(user.User, user.Password) : null,
        options.UsesHttps);

    // Kept between runs, so that a restart unpairs nobody.
    private static byte[] Secret(StateFolder state, Action<string, string?> warn)
    {
        try
        {
            var secret = Convert.FromHexString(state.Read(SecretFile) ?? state.Create(SecretFile, RandomNumberGenerator.GetHexString(SecretBytes * 2)));
            if (secret.Length == SecretBytes)
            {
                return secret;
            }

            warn($"{state.At(SecretFile)} is damaged; pairings end with this run.", "Delete it, and a new one is made.");
        }
        catch (FormatException)
        {
            warn($"{state.At(SecretFile)} is damaged; pairings end with this run.", "Delete it, and a new one is made.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            warn($"Pairings end with this run: {failure.Message}", $"Make {state.FullPath} a folder that this user can write.");
        }

        return RandomNumberGenerator.GetBytes(SecretBytes);
    }

    private static Task RequireHttps(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.IsHttps)
        {
            return next(context);
        }

        if (context.Asked() is null || Handshake.IsAsked(request) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            return RequestPipeline.RefuseAsync(context, 400, "This port speaks HTTPS.", "Use https:// and wss://.");
        }

        // 307, not 308: browsers remember that one, and the next run on this port may be on http again.
        var raw = RawTarget(context);
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = $"https://{request.Host.Value}{(raw[0] == '/' ? raw : "/")}";
        return Task.CompletedTask;
    }

    private Task CheckPairing(HttpContext context, RequestDelegate next)
    {
        var (peer, target) = (context.Connection.RemoteIpAddress, RawTarget(context));
        var token = PairingLink.TokenIn(target);
        if (token is not null && !_guesses.MayTry(peer, Environment.TickCount64))
        {
            return RefuseGuessAsync(context);
        }

        var response = context.Response;
        switch (pairing!.Judge(peer, token, context.Request.Headers.Cookie))
        {
            case PairingVerdict.Admitted:
                context.Request.Headers.Cookie = pairing.Without(context.Request.Headers.Cookie);
                return next(context);
            case PairingVerdict.Paired when Handshake.IsAsked(context.Request): // tools have no cookies
                Retarget(context, PairingLink.Without(target));
                return next(context);
            case PairingVerdict.Paired:
                response.StatusCode = StatusCodes.Status303SeeOther;
                response.Headers.SetCookie = pairing.SetCookie(context.Request.IsHttps);
                response.Headers.Location = PairingLink.Without(target);
                response.Headers["Referrer-Policy"] = "no-referrer";
                response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            case PairingVerdict.WrongLink:
                _guesses.Note(peer, Environment.TickCount64);
                return SendPairingPageAsync(context, "This link is not one of this run of the server.");
            default:
                return SendPairingPageAsync(context, "This machine is not paired with the server yet.");
        }
    }

    // What was for the door stays there: what stands behind it does not get the token, nor the cookie, nor the password.
    private static void Retarget(HttpContext context, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.QueryString = new QueryString(query < 0 ? "" : target[query..]);
    }

    // Without our client: it is behind the door too. Without a word about the site.
    private static Task SendPairingPageAsync(HttpContext context, string what)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = StatusPage.InertPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(StatusPage.Render("Pair this machine", what,
            "Scan the code, or open the link, that the server's terminal shows for other machines.", again: "If you have done that already, open this page again."));
    }

    private Task CheckPassword(HttpContext context, RequestDelegate next)
    {
        var (peer, headers) = (context.Connection.RemoteIpAddress, context.Request.Headers);
        if (headers.Authorization.Count > 0 && !_guesses.MayTry(peer, Environment.TickCount64))
        {
            return RefuseGuessAsync(context);
        }

        var verdict = password!.Judge(headers.Authorization);
        if (verdict == AuthVerdict.Right)
        {
            headers.Authorization = default;
            return next(context);
        }

        if (verdict == AuthVerdict.Wrong)
        {
            _guesses.Note(peer, Environment.TickCount64);
        }

        context.Response.Headers.WWWAuthenticate = BasicAuthentication.Challenge;
        return RequestPipeline.RefuseAsync(context, 401, "This server asks for a user and a password.", "They were given to it with --auth.");
    }

    private static Task RefuseGuessAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return RequestPipeline.RefuseAsync(context, 429, "That was wrong too often.", "Wait a second, then try again.");
    }

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
}
