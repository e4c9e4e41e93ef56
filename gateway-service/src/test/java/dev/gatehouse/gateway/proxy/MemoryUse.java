package dev.gatehouse.gateway.proxy;

import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds, in bytes.
 *
 * @param heap that is reachable
 * @param direct outside of the heap: what Netty's pools and the JDK have taken
 */
record MemoryUse(long heap, long direct) {

  /** After a garbage collection. */
  static MemoryUse now() {
    System.gc();
    long jdk =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    long netty =
        PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
            + pooled(VertxByteBufAllocator.POOLED_ALLOCATOR);
    return new MemoryUse(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), jdk + netty);
  }

  long grownSince(MemoryUse before) {
    return heap + direct - before.heap - before.direct;
  }

  private static long pooled(io.netty.buffer.ByteBufAllocator allocator) {
    return allocator instanceof PooledByteBufAllocator pool ? pool.metric().usedDirectMemory() : 0;
  }
}
