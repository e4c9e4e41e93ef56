package dev.gatehouse.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Octets that the gateway allocates for a request: the JVM's own count for each thread, which is
 * exact, before and after a load. Attaching starts threads in the gateway, so this comes after what
 * measures its CPU time.
 */
final class Allocation {

  private final Setting setting;

  Allocation(Setting setting) {
    this.setting = setting;
  }

  @SuppressWarnings("BanJNDI") // The address is that of a process of our own.
  List<Row> run() throws Exception {
    Setting.Small small = setting.small();
    Instance instance = small.instance();
    try (JMXConnector connector =
        JMXConnectorFactory.connect(agent(instance.process(Instance.Service.GATEWAY).pid()))) {
      ThreadMXBean threads =
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.THREAD_MXBEAN_NAME,
              ThreadMXBean.class);
      Wrk.Requests requests = Wrk.Requests.get(small.fifty());
      long before = allocated(threads);
      Wrk.Answered answered =
          Wrk.run(instance.port(), requests, 32, setting.options().quick() ? 2 : 5);
      double each = (double) (allocated(threads) - before) / answered.requests();
      return List.of(Row.of("GET, 50 tokens: allocated for a request", each, "octets"));
    }
  }

  private static JMXServiceURL agent(long pid) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      return new JMXServiceURL(machine.startLocalManagementAgent());
    } finally {
      machine.detach();
    }
  }

  /** By the threads that serve requests; they live as long as the gateway. */
  private static long allocated(ThreadMXBean threads) {
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null
          && (info.getThreadName().startsWith("vert.x-eventloop")
              || info.getThreadName().startsWith("token-verifier"))) {
        sum += threads.getThreadAllocatedBytes(id);
      }
    }
    return sum;
  }
}
