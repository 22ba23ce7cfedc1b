using System.Globalization;
using LiveServe.Chat;
using Microsoft.AspNetCore.Http;

namespace LiveServe;

/// <summary>Answers with all that was said in the room, as a file to keep: <c>?format=jsonl</c> or <c>?format=md</c>.</summary>
internal static class ExportEndpoint
{
    /// <summary>Sends it as it is read; 400 for another format.</summary>
    public static async Task SendAsync(HttpContext context, RoomOwner room)
    {
        var format = context.Request.Query["format"].ToString();
        var type = format switch { "jsonl" => "application/jsonl", "md" => "text/markdown; charset=utf-8", _ => null };
        if (type is null)
        {
            await RequestPipeline.RefuseAsync(context, 400, "The room is exported as JSON lines or as Markdown.", "Ask with ?format=jsonl or ?format=md.");
            return;
        }

        var response = context.Response;
        response.ContentType = type;
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"room-{DateTime.UtcNow:yyyy-MM-dd}.{format}\"");
        response.Headers.CacheControl = "no-store"; // what is said is for those who come in
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var body = response.BodyWriter;
        await (format == "md" ? RoomExport.WriteMarkdownAsync(room, body, context.RequestAborted) : RoomExport.WriteLinesAsync(room, body, context.RequestAborted));
        await body.FlushAsync(context.RequestAborted);
    }
}
