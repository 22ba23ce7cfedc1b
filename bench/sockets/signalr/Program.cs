// A broadcast hub as the documentation of SignalR shows it: what one says, all others hear. The port is the argument.
using Microsoft.AspNetCore.SignalR;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddSignalR(options => options.ClientTimeoutInterval = TimeSpan.FromMinutes(10)); // the load client says nothing for long
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
var app = builder.Build();
app.MapHub<Broadcast>("/hub");
await app.StartAsync();
Console.WriteLine("ready");
await app.WaitForShutdownAsync();

/// <summary>The hub.</summary>
internal sealed class Broadcast : Hub
{
    /// <summary>Passes a text on.</summary>
    public Task Send(string text) => Clients.Others.SendAsync("hear", text);
}
