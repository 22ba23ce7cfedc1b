using LiveServe.Chat;
using LiveServe.Paths;
using LiveServe.Protocol;
using LiveServe.Sockets;
using LiveServe.Updates;

namespace LiveServe;

/// <summary>From a frame to the part that it is for. A mistake in a message is answered and never costs the socket.</summary>
/// <param name="room"><see langword="null"/> when there is none.</param>
/// <param name="proxy"><see langword="null"/> when there is none.</param>
/// <param name="site">What the site is under. Pages speak of addresses; what is at home here is called otherwise from here on.</param>
internal sealed class MessageRouter(UpdateHub updates, RoomOwner? room, PageReports pages, EditorDesk desk, ProxyEndpoint? proxy, LiveServeOptions options, SiteBase site)
{
    private const int MaximumText = 2000;

    private static readonly ErrorMessage NoRoom = new("not_joined", "This server has no room: it was started with --no-chat.");

    /// <summary>Handles one message of <paramref name="socket"/>.</summary>
    public async ValueTask HandleAsync(Connection socket, Received received)
    {
        if (received.Opcode == Opcode.Binary)
        {
            Post(socket, new ErrorMessage("bad_frame", "Messages are text frames."));
            return;
        }

        var (message, error) = ClientMessageReader.Read(received.Payload);
        if (error is not null)
        {
            Post(socket, error);
        }
        else if (message is RoomRequest && room is null)
        {
            Post(socket, NoRoom);
        }
        else if (message is Hello hello)
        {
            await updates.HelloAsync(socket, hello with { Page = hello.Page with { Url = site.InwardAsWritten(hello.Page.Url) } });
            proxy?.Hello(socket, hello.Page.Doc);
        }
        else
        {
            Route(socket, message);
        }
    }

    private void Route(Connection socket, ClientMessage? message)
    {
        switch (message)
        {
            case Resources resources: updates.Add(socket, site.IsNone ? resources : new Resources([.. resources.Add.Select(site.InwardAsWritten)])); break;
            case Applied applied: options.Report(new UpdateApplied(applied.Seq, AddressOf(updates.PageOf(socket)), applied.Result, applied.Ms, applied.Why)); break;
            case PageProblem problem: Report(socket, Reported(problem)); break;
            case ConsoleOutput output: Report(socket, output); break;
            case Custom { Event: EditorDesk.Event } wish: Open(socket, wish); break;
            case Custom: break; // an event that nobody here listens to
            case Ping ping: Post(socket, new Pong(ping.T)); break;
            case RoomRequest request: room!.Handle(socket, request); break;
            case null: break; // a type of a later version
            default: throw new InvalidOperationException($"{message.GetType().Name} has no receiver.");
        }
    }

    private void Report(Connection socket, PageProblemReported problem)
    {
        pages.Take(socket, problem);
        room?.Problem(socket, problem.File?.TrimStart('/'), problem.Message);
    }

    private PageProblemReported Reported(PageProblem problem) => new(
        problem.Seq, Cut(problem.Source), Cut(problem.Text)!, Cut(FileAt(problem.File ?? problem.Url)), problem.Line, problem.Column);

    // The page was told what is wanted; another client may not have been.
    private void Report(Connection socket, ConsoleOutput output)
    {
        var level = output.Level switch
        {
            "error" => ConsoleLevel.Error,
            "warn" => ConsoleLevel.Warn,
            "info" => ConsoleLevel.Info,
            "debug" => ConsoleLevel.Debug,
            _ => ConsoleLevel.Off,
        };
        if (level != ConsoleLevel.Off && level <= options.Console)
        {
            pages.Take(socket, new ConsoleReported(level, Cut(string.Join(' ', output.Args))!, output.Seq, Cut(FileAt(output.File)), output.Line));
        }
    }

    private void Open(Connection socket, Custom wish)
    {
        try
        {
            desk.Take(socket, wish.Data);
        }
        catch (FieldException problem)
        {
            Post(socket, new ErrorMessage(problem.Code, problem.Message, Field: problem.Field));
        }
    }

    // For people, and for editors: a file's path, where an address of the site is one.
    private string? FileAt(string? address) => address?.StartsWith(site.Path, StringComparison.Ordinal) == true ? site.Inward(address) : address;

    private string? AddressOf(string? page) => page is null ? null : site.Outward(page);

    private static string? Cut(string? text) => text is { Length: > MaximumText } ? text[..MaximumText] : text;

    private static void Post(Connection socket, ServerMessage message) => socket.TryPost(Frame.Of(Opcode.Text, Wire.Serialize(message)));
}
